import type { KnownErrorCode } from './contract.js';

/** What the client itself may report; every other code comes from the server and is listed in docs/errors.md. */
export const clientErrorWords = {
  'client.network': {
    en: 'The server at {url} could not be reached: {problem}. Check the address and the network, then try again.',
    zh: '无法连接服务器 {url}:{problem}。请检查地址和网络后重试。',
  },
  'client.timeout': {
    en: 'The server did not answer {path} within {timeoutMs} ms. Try again, or allow more with `timeoutMs`.',
    zh: '服务器在 {timeoutMs} 毫秒内未答复 {path}。请重试，或用 `timeoutMs` 延长等待。',
  },
  'client.unexpected_reply': {
    en: 'What answered {path} with status {status} is not Yunfab: {problem}. Check the address and any proxy in between.',
    zh: '以状态 {status} 答复 {path} 的不是云制平台：{problem}。请检查地址和中间代理。',
  },
  'client.not_a_list': {
    en: '{path} does not answer with a list, so it cannot be iterated. Await it instead.',
    zh: '{path} 返回的不是列表，不能遍历。请改用 await。',
  },
  'client.vertical_absent': {
    en: 'The server does not run the vertical "{vertical}". Ask its operator to install version {expected}.',
    zh: '服务器未运行行业插件“{vertical}”。请联系运营方安装 {expected} 版。',
  },
  'client.vertical_mismatch': {
    en: 'This program was written for version {expected} of the vertical "{vertical}", the server runs {actual}. Install the ref of {actual}.',
    zh: '本程序按行业插件“{vertical}”的 {expected} 版编写，服务器运行的是 {actual} 版。请安装 {actual} 版的 ref。',
  },
  'device.answers_dropped': {
    en: 'To make room, {answers} answers to commands were dropped from {folder} before the platform had them; a command that comes again is answered again, but one that has expired stays so although it was done. Check the connection, or allow more with `maxBytes`.',
    zh: '为腾出空间，{folder} 中有 {answers} 条指令应答在平台收到之前被丢弃；再次下发的指令会重新应答，已过期的指令即使已执行也仍为过期。请检查连接，或用 `maxBytes` 调高上限。',
  },
  'device.closed': {
    en: 'This device has been closed. Open it again to publish.',
    zh: '该设备连接已关闭。请重新打开后再发布。',
  },
  'device.bad_time': {
    en: 'The time {ts} is no number of milliseconds. Give Unix milliseconds, or nothing for now.',
    zh: '时间 {ts} 不是毫秒数。请给出 Unix 毫秒时间；省略则取当前时间。',
  },
  'device.disk_full': {
    en: 'There is no room on the disk for what waits in {folder}: {problem}. Make room, then publish again; what was kept before stays.',
    zh: '磁盘空间不足，无法在 {folder} 保存待发数据：{problem}。请腾出空间后重新发布；此前已保存的数据不受影响。',
  },
  'device.folder_unusable': {
    en: 'The folder {folder} cannot keep what waits: {problem}. Give each process its own folder on a disk that can be written.',
    zh: '目录 {folder} 无法保存待发数据：{problem}。请为每个进程使用独立目录，并确认磁盘可写。',
  },
  'device.message_refused': {
    en: 'The broker hangs up on a message on {channel} of {size} bytes, of the time {ts}. It stays in {folder} until that is opened again; the rest is sent. Look at the limits of the broker and of what stands before it.',
    zh: '代理服务器在收到 {channel} 上一条 {size} 字节的消息（时间 {ts}）后断开连接。该消息留在 {folder} 中，下次打开目录时重发；其余消息继续发送。请检查代理服务器及其前置设备的限制。',
  },
  'device.message_too_large': {
    en: 'The message on {channel} has {size} bytes; the platform takes at most {most}. Send less in one message.',
    zh: '{channel} 上的消息为 {size} 字节，平台最多接收 {most} 字节。请减少单条消息的内容。',
  },
  'device.messages_lost': {
    en: '{lost} messages in {folder} are damaged or missing; the rest is kept and sent. Check the disk, and replace it when this comes again.',
    zh: '{folder} 中有 {lost} 条消息已损坏或缺失，其余消息保留并继续发送。请检查磁盘；再次出现时请更换磁盘。',
  },
  'device.no_values': {
    en: 'There is no value to publish. Give at least one signal.',
    zh: '没有可发布的值。请至少给出一个信号。',
  },
  'device.not_a_number': {
    en: 'The signal {signal} is {value}. Send a finite number, or null when there is none.',
    zh: '信号 {signal} 的值为 {value}。请发送有限数值；没有数值时发送 null。',
  },
  'device.spool_full': {
    en: '{pending} messages ({bytes} bytes) wait in {folder}, and at most {maxBytes} bytes may. Check the connection; allow more with `maxBytes`, or choose `drop_oldest`.',
    zh: '{folder} 中有 {pending} 条消息（{bytes} 字节）待发，上限为 {maxBytes} 字节。请检查连接；可用 `maxBytes` 调高上限，或选择 `drop_oldest`。',
  },
} as const satisfies Record<string, { en: string; zh: string }>;

export type ClientErrorCode = keyof typeof clientErrorWords;

/** Known codes complete in an editor; a newer server may send others. */
export type ErrorCode = ClientErrorCode | KnownErrorCode | (string & {});

export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly requestId: string | null;
  readonly retryable: boolean;
}

/** Every failure that the client reports, except an abort: that rejects with the signal's own reason. */
export class YunfabClientError extends Error implements ErrorFacts {
  override readonly name = 'YunfabError';
  /** Recognise an error by this, never by its message. */
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  /** The HTTP status, 0 when no reply came. */
  readonly status: number;
  /** Tell it to the operator: their log holds the same. Null when no reply came. */
  readonly requestId: string | null;
  /** The same call may succeed later; the client has already tried as often as it may. */
  readonly retryable: boolean;

  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts.message, cause === undefined ? undefined : { cause });
    this.code = facts.code;
    this.details = facts.details;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryable = facts.retryable;
  }
}

/** True for an error of Yunfab, and of this code when one is named; works across copies of the package. */
export function isYunfabError(error: unknown, code?: ErrorCode): error is YunfabClientError {
  return error instanceof Error && error.name === 'YunfabError' && 'code' in error && (code === undefined || error.code === code);
}

type Circumstances = Partial<Pick<ErrorFacts, 'status' | 'requestId' | 'retryable'>> & { readonly cause?: unknown };

/** An error that the client found by itself. */
export function clientError(code: ClientErrorCode, details: Record<string, unknown>, circumstances: Circumstances = {}): YunfabClientError {
  const { status = 0, requestId = null, retryable = false, cause } = circumstances;
  const message = clientErrorWords[code].en.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name]));
  return new YunfabClientError({ code, message, details, status, requestId, retryable }, cause);
}
