import type { Work } from './work.js';

/** `again`: it wants another turn. `ready`: it goes back into the lane. `settled`: it is written. */
export type Turn = 'again' | 'ready' | 'settled';

/** What keeps a device's work out of its lane; `turn` does a short part of what is to be done about it. */
interface Trouble {
  readonly works: readonly Work[];
  readonly turn: (work: Work) => Promise<Turn>;
}

interface Queue {
  readonly works: Work[];
  readonly turn: (work: Work) => Promise<Turn>;
  readonly ready: Work[];
  /** Came later; it keeps its order. */
  readonly behind: Work[];
}

/**
 * Beside the lanes: work that would hold up everybody else of its lane, because the database refuses a part of it or
 * because partitions are to be made first. Devices have their turns one after the other.
 */
export function createSideline(giveBack: (device: string, works: readonly Work[]) => void, stopped: AbortSignal) {
  const queues = new Map<string, Queue>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (queues.size > 0 && !stopped.aborted) for (const [device, queue] of queues) await giveTurn(device, queue);
    running = false;
  }

  async function giveTurn(device: string, { works, turn, ready, behind }: Queue): Promise<void> {
    const [work] = works;
    const came = work ? await turn(work) : 'settled';
    if (came === 'again') return;
    works.shift();
    if (work && came === 'ready') ready.push(work);
    if (works.length > 0) return;
    queues.delete(device);
    giveBack(device, [...ready, ...behind]);
  }

  return {
    isEmpty: (): boolean => queues.size === 0,
    has: (device: string): boolean => queues.has(device),
    /** For a device that is not here yet. */
    begin(device: string, { works, turn }: Trouble): void {
      queues.set(device, { works: [...works], turn, ready: [], behind: [] });
      if (!running) void run();
    },
    follow(device: string, work: Work): void {
      queues.get(device)?.behind.push(work);
    },
    held: (): Work[] => [...queues.values()].flatMap(({ works, ready, behind }) => [...works, ...ready, ...behind]),
  };
}
