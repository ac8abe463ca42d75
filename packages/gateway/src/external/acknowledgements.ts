/** One publish that the broker waits to see acknowledged. */
export interface Acknowledgement {
  readonly messageId: number;
  settled: boolean;
}

/**
 * Sends acknowledgements in the order of receipt (MQTT 5, 4.6), each only once its message is settled, and only on the
 * connection that brought it: the same id may name another message on the next.
 */
export class Acknowledgements {
  readonly #send: (messageId: number) => void;
  #epoch = 0;
  #queue: Acknowledgement[] = [];
  #head = 0;

  constructor(send: (messageId: number) => void) {
    this.#send = send;
  }

  get waiting(): number {
    return this.#queue.length - this.#head;
  }

  /** A new connection: what the old one brought comes again, with new ids. */
  renew(): void {
    this.#epoch += 1;
    this.#queue = [];
    this.#head = 0;
  }

  /** Call on receipt; the returned function says that the message is settled. */
  expect(messageId: number): () => void {
    const epoch = this.#epoch;
    const acknowledgement: Acknowledgement = { messageId, settled: false };
    this.#queue.push(acknowledgement);
    return () => {
      acknowledgement.settled = true;
      if (epoch === this.#epoch) this.#flush();
    };
  }

  #flush(): void {
    while (this.#queue[this.#head]?.settled) {
      this.#send((this.#queue[this.#head] as Acknowledgement).messageId);
      this.#head += 1;
    }
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }
}
