import { openDatabase } from '../../database/index.js';
import { createDeviceEventProjector, noEvaluators } from '../../production/index.js';
import { orderProgress } from '../index.js';

/** Runs the projector until it is killed; started by projector.test.ts with the connection strings in URLS. */
const database = openDatabase(JSON.parse(process.env['URLS'] ?? '{}'));
const log = { warn: console.error, error: console.error };
createDeviceEventProjector({
  database,
  clock: () => new Date(),
  log,
  evaluators: noEvaluators,
  progress: orderProgress,
  batchSize: 20,
  pollMs: 10,
}).start();
process.stdout.write('started\n');
