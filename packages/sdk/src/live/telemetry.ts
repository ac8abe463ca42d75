import type { YunfabClientError } from '../errors.js';
import { type Ask, type Hub, type LiveSample, type LiveValues, refusalOf } from './hub.js';

export interface TelemetryOptions {
  /** Id of the equipment. */
  readonly equipment: string;
  /** All of its signals when left out. */
  readonly signals?: readonly string[] | undefined;
  /** Told once when the server refuses, not of an outage, which is waited out; without it a refusal is thrown as an uncaught error. */
  readonly onError?: ((error: YunfabClientError) => void) | undefined;
}

/** The new values by signal, oldest first. */
export type OnValues = (values: Readonly<Record<string, readonly LiveSample[]>>, equipment: string) => void;

/** Calls `onValues` with each batch of new values, through reconnections, until the returned function is called. */
export type Telemetry = (options: TelemetryOptions, onValues: OnValues) => () => void;

interface Listener extends TelemetryOptions {
  readonly onValues: OnValues;
}

const askAgainAfterMs = 1_000;

/** Live values are conflated: the newest matter, a slow link skips some. What was missed stands in the stored telemetry. */
export function createTelemetry(hub: Hub): Telemetry {
  const listeners = new Set<Listener>();
  const askingAgain = new Map<string, NodeJS.Timeout>();
  let leave: (() => void) | null = null;

  return (options, onValues) => {
    const listener: Listener = { ...options, onValues };
    listeners.add(listener);
    if (leave) subscribe(options.equipment, hub.ask());
    else leave = hub.join({ connected, live, liveEnded, refused });
    return () => remove(listener);
  };

  function connected(ask: Ask): void {
    for (const equipment of new Set([...listeners].map((listener) => listener.equipment))) subscribe(equipment, ask);
  }

  function live({ equipment, values }: LiveValues): void {
    for (const listener of listenersOf(equipment)) {
      const wanted = listener.signals
        ? Object.fromEntries(Object.entries(values).filter(([name]) => listener.signals?.includes(name)))
        : values;
      if (Object.keys(wanted).length > 0) listener.onValues(wanted, equipment);
    }
  }

  function liveEnded(equipment: string, error: YunfabClientError): void {
    for (const listener of listenersOf(equipment)) refuse(listener, error);
  }

  function refused(error: YunfabClientError): void {
    for (const listener of [...listeners]) refuse(listener, error);
  }

  /** The connection carries one subscription for each equipment: what all its listeners want together. */
  function subscribe(equipment: string, ask: Ask | null): void {
    const wanting = listenersOf(equipment);
    if (!ask || wanting.length === 0) return;
    const signals = wanting.some((listener) => !listener.signals)
      ? undefined
      : [...new Set(wanting.flatMap((listener) => listener.signals ?? []))];
    ask('live.subscribe', { equipment, signals }).then(
      (acknowledgement) => {
        const refusal = refusalOf(acknowledgement);
        if (refusal?.retryable) askAgain(equipment);
        else if (refusal) liveEnded(equipment, refusal);
      },
      // Not acknowledged: the connection broke, and the next one subscribes; or it stands, and the server is slow.
      () => askAgain(equipment),
    );
  }

  function askAgain(equipment: string): void {
    clearTimeout(askingAgain.get(equipment));
    const ask = () => {
      askingAgain.delete(equipment);
      subscribe(equipment, hub.ask());
    };
    askingAgain.set(equipment, setTimeout(ask, askAgainAfterMs * (0.5 + Math.random())));
  }

  function remove(listener: Listener): void {
    if (!listeners.delete(listener)) return;
    if (listenersOf(listener.equipment).length === 0) {
      clearTimeout(askingAgain.get(listener.equipment));
      askingAgain.delete(listener.equipment);
      void hub
        .ask()?.('live.unsubscribe', { equipment: listener.equipment })
        .catch(() => {});
    }
    if (listeners.size > 0) return;
    leave?.();
    leave = null;
  }

  function refuse(listener: Listener, error: YunfabClientError): void {
    remove(listener);
    const { onError } = listener;
    if (onError) onError(error);
    else
      queueMicrotask(() => {
        throw error;
      });
  }

  function listenersOf(equipment: string): Listener[] {
    return [...listeners].filter((listener) => listener.equipment === equipment);
  }
}
