import type { EventBodies, EventOf, FeedEvent } from '../contract.js';

/** Tells the type of an event, and with it what its body holds: `if (isEvent(event, 'orders.progressed')) event.body.lines`. */
export function isEvent<Type extends keyof EventBodies>(event: FeedEvent, type: Type): event is EventOf<Type> {
  return event.type === type;
}
