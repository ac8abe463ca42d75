import { limits } from '../limits.js';

/** A packet that is not gathered: the connection ends. */
export class PacketTooLong extends Error {
  constructor(length: number, most: number) {
    super(`a packet of ${length} bytes; at most ${most}`);
  }
}

/** Of a longer publish only so much is passed on, which tells that its message is too long; the topic of a device is far shorter than the rest. */
export const passedBytes = limits.messageBytes + 1024;

const publish = 3;

/**
 * Follows the fixed headers of MQTT (3.1.1, 2.2) through the stream, so that the broker, which has no limit of its own,
 * gathers no more of a packet than is needed to say what is wrong with it.
 */
export class PacketGate {
  #packets = 0;
  /** Of the packet under way: what is to be passed on, then what is left out. */
  #passing = 0;
  #leavingOut = 0;
  /** A fixed header whose end has not come yet. */
  #begun: Buffer = Buffer.alloc(0);
  readonly #missing: number[] = [];

  /** Whether the first packet, which says who it is, is there as a whole. */
  get isIntroduced(): boolean {
    return this.#packets > 0 && !(this.#packets === 1 && this.#passing > 0);
  }

  /** Of the oldest publish of more than `limits.messageBytes` that has not been asked for: how many bytes were left out. */
  nextMissing(): number {
    return this.#missing.shift() ?? 0;
  }

  /** What of it the broker gets. Throws {@link PacketTooLong}. */
  pass(arrived: Buffer): Buffer {
    const chunk = this.#begun.length > 0 ? Buffer.concat([this.#begun, arrived]) : arrived;
    this.#begun = Buffer.alloc(0);
    const pieces: Buffer[] = [];
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#passing > 0) {
        const length = Math.min(this.#passing, chunk.length - at);
        this.#passing -= length;
        at += length;
      } else if (this.#leavingOut > 0) {
        pieces.push(chunk.subarray(from, at));
        const length = Math.min(this.#leavingOut, chunk.length - at);
        this.#leavingOut -= length;
        at += length;
        from = at;
      } else {
        const header = readHeader(chunk, at);
        if (!header) {
          this.#begun = Buffer.from(chunk.subarray(at));
          break;
        }
        const most = this.#packets === 0 ? limits.connectBytes : limits.packetBytes;
        if (header.length > most) throw new PacketTooLong(header.length, most);
        this.#packets += 1;
        const isPublish = header.type === publish;
        this.#passing = isPublish ? Math.min(header.length, passedBytes) : header.length;
        this.#leavingOut = header.length - this.#passing;
        if (isPublish && header.length > limits.messageBytes) this.#missing.push(this.#leavingOut);
        if (this.#leavingOut > 0) {
          pieces.push(chunk.subarray(from, at), fixedHeader(chunk[at] as number, this.#passing));
          from = at + header.bytes;
        }
        at += header.bytes;
      }
    }
    if (pieces.length === 0 && from === 0 && at === chunk.length) return chunk;
    pieces.push(chunk.subarray(from, at));
    return Buffer.concat(pieces);
  }
}

/** Undefined when its end is not there; a length of more than four bytes, which is none, reads as too long. */
function readHeader(chunk: Buffer, at: number): { type: number; length: number; bytes: number } | undefined {
  let length = 0;
  for (let n = 0; n < 4; n++) {
    const byte = chunk[at + 1 + n];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 128 ** n;
    if ((byte & 0x80) === 0) return { type: (chunk[at] as number) >> 4, length, bytes: n + 2 };
  }
  return { type: 0, length: Number.POSITIVE_INFINITY, bytes: 5 };
}

function fixedHeader(first: number, length: number): Buffer {
  const bytes = [first];
  let left = length;
  do {
    bytes.push(left >= 128 ? (left % 128) | 0x80 : left);
    left = Math.floor(left / 128);
  } while (left > 0);
  return Buffer.from(bytes);
}
