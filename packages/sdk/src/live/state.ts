import type { Hub } from './hub.js';

/** `connected`: what happens arrives at once. `connecting`: it arrives later, by asking. */
export type LiveState = 'connected' | 'connecting';

/** Tells how the live connection stands, now and at every change, until the returned function is called. */
export type WatchState = (onState: (state: LiveState) => void) => () => void;

export function createWatchState(hub: Hub): WatchState {
  return (onState) => {
    if (!hub.ask()) onState('connecting');
    return hub.join({ connected: () => onState('connected'), disconnected: () => onState('connecting') });
  };
}
