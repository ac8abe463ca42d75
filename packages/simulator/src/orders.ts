import type { Script } from './history.js';
import type { Given } from './machine.js';

/** What a device publishes when it was told something. */
export interface OrderAnswer {
  readonly topic: 'command/ack' | 'config/reported';
  readonly payload: Given;
}

export interface OrdersOptions {
  /** The machine's script; it may be another one later. */
  readonly script: () => Script;
  /** Unix ms: the clock by which commands expire. */
  readonly clock: () => number;
}

/** Commands come at least once: so many that were done are remembered. */
const remembered = 500;

/** What the platform tells a device, done as docs/devices.md asks: a command once, a repeated one answered again. */
export function createOrders({ script, clock }: OrdersOptions) {
  const answers = new Map<string, Given>();

  function command(payload: Buffer): OrderAnswer {
    const { id, name, parameters, expiresAt } = JSON.parse(payload.toString('utf8')) as {
      readonly id: string;
      readonly name: string;
      readonly parameters: Given;
      readonly expiresAt: number;
    };
    const answer = answers.get(id) ?? { id, ...outcomeOf(name, parameters, expiresAt) };
    answers.set(id, answer);
    const [oldest] = answers.keys();
    if (answers.size > remembered && oldest !== undefined) answers.delete(oldest);
    return { topic: 'command/ack', payload: answer };
  }

  function outcomeOf(name: string, parameters: Given, expiresAt: number): Given {
    if (clock() > expiresAt) return { error: 'it came after its expiry / 指令已过期' };
    return tried(() => ({ ...script().command(name, parameters), ok: true }));
  }

  function configuration(payload: Buffer): OrderAnswer {
    const given = JSON.parse(payload.toString('utf8')) as { readonly version: number; readonly configuration: Given };
    const outcome = tried(() => ({ configuration: script().configure(given.configuration) }));
    return { topic: 'config/reported', payload: { version: given.version, ...outcome } };
  }

  return { command, configuration };
}

function tried(act: () => Given): Given {
  try {
    return act();
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
