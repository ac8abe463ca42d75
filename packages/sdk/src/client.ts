import type { ApiOf, CoreApi } from './contract.js';
import {
  createDownload,
  createTelemetryExport,
  createUpload,
  type Download,
  type FileAddress,
  fileLink,
  type TelemetryExport,
  type TelemetryRange,
  telemetryLink,
  type Upload,
} from './files/index.js';
import { awaitablePages } from './listing.js';
import { createFollow, type Feed, type Follow } from './live/follow.js';
import { createHub } from './live/hub.js';
import { createWatchState, type WatchState } from './live/state.js';
import { createTelemetry, type Telemetry } from './live/telemetry.js';
import type { CallOptions, ConnectionOptions, Credentials } from './options.js';
import { createTransport } from './transport.js';
import { createVerticalCheck } from './verticals.js';

/**
 * What a vertical's package exports at `/ref`: its name and version, and for the compiler its procedures. Said here by
 * shape, so that neither package needs the other.
 */
export interface VerticalRef {
  readonly id: string;
  readonly version: string;
  readonly $api?: unknown;
}

export type ClientOptions<Refs extends readonly VerticalRef[] = readonly []> = ConnectionOptions &
  Credentials & {
    /** The industries that this program uses, each by its package's `ref`; their procedures appear under their id in camel case. */
    readonly verticals?: Refs;
  };

/** The feed, live values and the contents of files, beside the procedures. */
export interface LiveApi {
  readonly events: { readonly follow: Follow };
  readonly files: {
    readonly upload: Upload;
    readonly download: Download;
    /** The address of a download for a link in a page where the person is signed in. */
    readonly link: (file: FileAddress) => string;
  };
  readonly equipment: {
    readonly telemetry: {
      readonly export: TelemetryExport;
      /** The address of an export for a link in a page where the person is signed in. */
      readonly exportLink: (range: TelemetryRange) => string;
    };
  };
  readonly live: { readonly telemetry: Telemetry; readonly state: WatchState };
}

/** `glass-kiln` → `glassKiln`: a vertical's id as a name that can be written after a dot. */
type CamelCase<Id extends string> = Id extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Id;
const camelCase = (id: string) => id.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());

type VerticalApis<Refs extends readonly VerticalRef[]> = {
  readonly [Ref in Refs[number] as CamelCase<Ref['id']>]: ApiOf<NonNullable<Ref['$api']>>;
};

/** The platform, as one organization may use it. */
export type Yunfab<Refs extends readonly VerticalRef[] = readonly []> = CoreApi & LiveApi & VerticalApis<Refs>;

/**
 * Connects a program to the platform. Nothing is sent until something is called, and nothing needs closing: the live
 * connection opens with its first user and closes with its last.
 */
export function createClient<const Refs extends readonly VerticalRef[] = readonly []>(options: ClientOptions<Refs>): Yunfab<Refs> {
  const send = createTransport(options);
  const checkVertical = createVerticalCheck(send, options.verticals ?? []);
  const idOf = new Map((options.verticals ?? []).map(({ id }) => [camelCase(id), id]));
  const hub = createHub(options);
  const feed: Feed = {
    list: (input, call) => send('events.list', input, call) as ReturnType<Feed['list']>,
    head: (call) => send('events.head', {}, call) as ReturnType<Feed['head']>,
  };
  const own: Readonly<Record<string, unknown>> = {
    'events.follow': createFollow(feed, hub),
    'files.upload': createUpload(options),
    'files.download': createDownload(options),
    'files.link': (file: FileAddress) => fileLink(options, file),
    'equipment.telemetry.export': createTelemetryExport(options),
    'equipment.telemetry.exportLink': (range: TelemetryRange) => telemetryLink(options, range),
    'live.telemetry': createTelemetry(hub),
    'live.state': createWatchState(hub),
  };

  function call(typed: string, input: unknown, callOptions: CallOptions = {}) {
    const [name = '', ...inner] = typed.split('.');
    const namespace = idOf.get(name) ?? name;
    const path = [namespace, ...inner].join('.');
    return awaitablePages(path, input, async (page) => {
      await checkVertical(namespace, callOptions);
      return send(path, page, callOptions);
    });
  }

  // The types say which paths there are; every path that is asked for becomes a function or a namespace.
  return namespace(
    '',
    (path) => own[path] ?? ((input: unknown, callOptions?: CallOptions) => call(path, input, callOptions)),
  ) as Yunfab<Refs>;
}

/** `a.b.c` as it is typed; a promise's `then` and the like are not procedures. */
function namespace(path: string, procedureAt: (path: string) => unknown): unknown {
  const known = new Map<string, unknown>();
  return new Proxy(path === '' ? {} : (procedureAt(path) as object), {
    get(target, name) {
      if (typeof name === 'symbol' || name === 'then' || name === 'toJSON') return Reflect.get(target, name);
      let inner = known.get(name);
      if (!inner) known.set(name, (inner = namespace(path === '' ? name : `${path}.${name}`, procedureAt)));
      return inner;
    },
  });
}
