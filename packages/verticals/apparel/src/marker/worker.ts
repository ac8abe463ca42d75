import { parentPort, workerData } from 'node:worker_threads';
import { type MarkerReply, type MarkerTask, makeMarkerSync } from './make-marker.js';

const { problem, effort, seed, stop } = workerData as MarkerTask;
const flag = new Int32Array(stop);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
const reply = (message: MarkerReply) => parentPort?.postMessage(message);

const outcome = makeMarkerSync(
  problem,
  { ...effort, seed, onProgress: (marker) => reply({ kind: 'progress', marker }) },
  () => Atomics.load(flag, 0) === 1,
);
reply({ kind: 'outcome', outcome });
