import type { Readable } from 'node:stream';

/** A content that has been received whole and hashed, in a file of this machine. */
export interface ReceivedContent {
  readonly sha256: string;
  readonly size: number;
  /** The store may move the file away. */
  readonly path: string;
}

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where contents lie, by their SHA-256. It knows nothing of organizations; who may read what is decided before it is asked. */
export interface FileStore {
  /** Where it is, for people: a folder or an address without credentials. */
  readonly place: string;
  /** Durable and whole when this resolves; until then nothing can be opened under the hash. Again changes nothing. */
  put(content: ReceivedContent): Promise<void>;
  /** Null when there is no such content. */
  open(sha256: string, range?: ByteRange): Promise<Readable | null>;
  /** Null when there is no such content. */
  sizeOf(sha256: string): Promise<number | null>;
  /** Removing what is not there is no error. */
  remove(sha256: string): Promise<void>;
  /** Throws, saying what to do, unless contents can be written and removed. */
  check(): Promise<void>;
}
