import type { Aedes, Client, Subscription } from 'aedes';

/** The part of aedes' persistence that is concerned here; its declarations leave it out. */
export interface SessionStore {
  addSubscriptions(client: Client, subscriptions: readonly Subscription[]): Promise<void>;
  subscriptionsByClient(client: Pick<Client, 'id'>): Promise<readonly Subscription[]>;
  outgoingEnqueue(subscriber: { clientId: string }, packet: object): Promise<void>;
  outgoingEnqueueCombi(subscribers: readonly { clientId: string }[], packet: object): Promise<void>;
  outgoingUpdate(client: Client, packet: object): Promise<void>;
  outgoingStream(client: Pick<Client, 'id'>): AsyncIterable<object>;
}

export const sessionStoreOf = (broker: Aedes) => (broker as unknown as { readonly persistence: SessionStore }).persistence;

/**
 * Of a session that is away the broker keeps which of its own topics it reads, and no message: what a device did not
 * get, the database gives when it is back, if it still stands then. A queue here would give what has expired meanwhile.
 */
export function keepNoMessages(broker: Aedes, mayRead: (client: Client, topic: string) => boolean): void {
  const store = sessionStoreOf(broker);
  const addSubscriptions = store.addSubscriptions.bind(store);
  Object.assign(store, {
    // aedes would keep refused ones too, of one SUBSCRIBE with one that is not.
    addSubscriptions: (client, subscriptions) =>
      addSubscriptions(
        client,
        subscriptions.filter(({ topic }) => mayRead(client, topic)),
      ),
    async outgoingEnqueue() {},
    async outgoingEnqueueCombi() {},
    // Asked before each message to such a session, which it ends if the message is not in its queue.
    async outgoingUpdate() {},
  } satisfies Partial<SessionStore>);
}
