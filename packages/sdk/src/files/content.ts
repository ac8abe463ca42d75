/** What can be uploaded: a `File` or `Blob`, bytes, a stream, or in Node the path of a file. */
export type UploadContent = Blob | Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | string;

/** A content as it is sent. */
export interface SendableContent {
  /** Its own name, when it has one. */
  readonly name: string | null;
  readonly size: number | null;
  /** Whether it can be read from the start again, after a connection that broke. */
  readonly repeatable: boolean;
  open(): ReadableStream<Uint8Array>;
  /** For XMLHttpRequest, which takes no stream. */
  blob(): Promise<Blob>;
}

export async function sendableContent(content: UploadContent): Promise<SendableContent> {
  if (typeof content === 'string') return fileOfNode(content);
  if (content instanceof Blob) {
    const name = 'name' in content && typeof content.name === 'string' ? content.name : null;
    return { name, size: content.size, repeatable: true, open: () => content.stream(), blob: async () => content };
  }
  if (content instanceof Uint8Array) return sendableContent(new Blob([content as Uint8Array<ArrayBuffer>]));
  const stream = content instanceof ReadableStream ? content : streamOf(content);
  return { name: null, size: null, repeatable: false, open: () => stream, blob: () => new Response(stream).blob() };
}

function streamOf(parts: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel(reason) {
      await iterator.return?.(reason);
    },
  });
}

interface NodeFs {
  readonly promises: { stat(path: string): Promise<{ readonly size: number }> };
  createReadStream(path: string): AsyncIterable<Uint8Array>;
}

/** The name is put together so that no bundler looks for the module in a page. */
const nodeModule = <Module>(name: string) => import(/* @vite-ignore */ /* webpackIgnore: true */ `node:${name}`) as Promise<Module>;

async function fileOfNode(path: string): Promise<SendableContent> {
  if ('document' in globalThis) throw new TypeError('a path can be uploaded in Node only; give a File, a Blob or bytes');
  const { promises, createReadStream } = await nodeModule<NodeFs>('fs');
  const { size } = await promises.stat(path);
  const open = () => streamOf(createReadStream(path));
  return { name: path.replace(/^.*[/\\]/, ''), size, repeatable: true, open, blob: () => new Response(open()).blob() };
}
