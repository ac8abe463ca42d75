import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { limits } from '../limits.js';

/**
 * A device's socket with a gate before the broker: while the gate is shut nothing is read, so TCP holds the device back.
 * (The broker's own pause loses count of what it has begun, and it has no limit on the size of a packet.)
 */
export class GatedSocket extends Duplex {
  readonly #socket: Socket;
  readonly #isOpen: () => boolean;
  readonly #meter = new PacketMeter(limits.packetBytes);
  #wanted = false;

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

  /** Reads on when the gate is open and the broker wants more; shuts otherwise. */
  flow(): void {
    if (this.#wanted && this.#isOpen()) this.#socket.resume();
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
    const tooLong = this.#meter.measure(chunk);
    if (tooLong > 0) {
      this.destroy(new Error(`a packet of ${tooLong} bytes; at most ${limits.packetBytes}`));
      return;
    }
    if (!this.push(chunk)) this.#wanted = false;
    this.flow();
  }
}

/** Follows the fixed headers of MQTT (3.1.1, 2.2) through the stream, so that a giant is known before it is gathered. */
class PacketMeter {
  readonly #most: number;
  #left = 0;
  #lengthBytes = -1;
  #length = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** The length of the first packet that is too long; 0 when there is none. */
  measure(chunk: Buffer): number {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const skipped = Math.min(this.#left, chunk.length - at);
        this.#left -= skipped;
        at += skipped;
      } else if (this.#lengthBytes < 0) {
        this.#lengthBytes = 0;
        this.#length = 0;
        at += 1;
      } else {
        const byte = chunk[at] as number;
        this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
        this.#lengthBytes += 1;
        at += 1;
        if (this.#length > this.#most || this.#lengthBytes > 4) return this.#length;
        if ((byte & 0x80) === 0) {
          this.#left = this.#length;
          this.#lengthBytes = -1;
        }
      }
    }
    return 0;
  }
}
