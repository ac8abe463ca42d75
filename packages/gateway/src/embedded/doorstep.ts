/** Something that can be hung up on. */
interface Guest {
  destroy(): unknown;
}

/**
 * Connections that are no device's yet. Anybody can open one, so their number is bounded: when it is full, the one that
 * has been silent for longest gives way, and if all have said who they are and wait for the answer, the newcomer.
 */
export class Doorstep<G extends Guest = Guest> {
  readonly #most: number;
  readonly #silent = new Set<G>();
  readonly #asking = new Set<G>();

  constructor(most: number) {
    this.#most = most;
  }

  /** False when there is no place; the guest is hung up on. */
  arrive(guest: G): boolean {
    if (this.#silent.size + this.#asking.size >= this.#most) {
      const [oldest] = this.#silent;
      if (!oldest) {
        guest.destroy();
        return false;
      }
      this.#silent.delete(oldest);
      oldest.destroy();
    }
    this.#silent.add(guest);
    return true;
  }

  /** It has said who it is. */
  asks(guest: G): void {
    if (this.#silent.delete(guest)) this.#asking.add(guest);
  }

  /** It is a device, or gone. */
  leave(guest: G): void {
    this.#silent.delete(guest);
    this.#asking.delete(guest);
  }
}
