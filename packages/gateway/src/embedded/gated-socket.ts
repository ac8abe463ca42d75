import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { PacketGate } from './packet-gate.js';

/**
 * A device's socket with a gate before the broker: while the gate is shut nothing is read, so TCP holds the device back.
 * (The broker's own pause loses count of what it has begun, and it has no limit on the size of a packet.) Whoever has not
 * been let in is heard until its first packet is there, and no further.
 */
export class GatedSocket extends Duplex {
  readonly #socket: Socket;
  readonly #isOpen: () => boolean;
  readonly #packets = new PacketGate();
  #wanted = false;
  #isLetIn = false;

  constructor(socket: Socket, isOpen: () => boolean) {
    super({ readableHighWaterMark: 64 * 1024, writableHighWaterMark: 256 * 1024, allowHalfOpen: false });
    this.#socket = socket;
    this.#isOpen = isOpen;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
    socket.pause();
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  /** From now on it may say more than who it is. */
  letIn(): void {
    this.#isLetIn = true;
    this.flow();
  }

  /** How many bytes were left out of the message that the broker has just read; to be asked in order, for each over `limits.messageBytes`. */
  nextMissing(): number {
    return this.#packets.nextMissing();
  }

  /** Reads on when the gate is open and the broker wants more; shuts otherwise. */
  flow(): void {
    if (this.#wanted && this.#isOpen() && (this.#isLetIn || !this.#packets.isIntroduced)) this.#socket.resume();
    else this.#socket.pause();
  }

  override _read(): void {
    this.#wanted = true;
    this.flow();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  /** Many acknowledgements leave as one write. */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #take(chunk: Buffer): void {
    let passed: Buffer;
    try {
      passed = this.#packets.pass(chunk);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (passed.length > 0 && !this.push(passed)) this.#wanted = false;
    this.flow();
  }
}
