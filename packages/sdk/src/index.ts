export { type ClientOptions, createClient, type LiveApi, type VerticalRef, type Yunfab } from './client.js';
export type {
  ApiOf,
  Chart,
  CoreApi,
  Drawing,
  EngineeringChange,
  Equipment,
  EventBodies,
  EventOf,
  FeedEvent,
  InputOf,
  Item,
  ItemRevision,
  JobOrder,
  KnownErrorCode,
  LedgerEntry,
  Lot,
  Money,
  Order,
  OrderLine,
  OrderMove,
  OrderSummary,
  OutputOf,
  Procedure,
  ProcessRun,
  Progress,
  Quantity,
  RecordFile,
  Reply,
  ServiceCase,
  Shipment,
  Statement,
  StatementLine,
  Words,
} from './contract.js';
export { type ClientErrorCode, clientErrorWords, type ErrorCode, isYunfabError, YunfabClientError } from './errors.js';
export type {
  Download,
  DownloadedFile,
  DownloadOptions,
  FileAddress,
  TelemetryExport,
  TelemetryFile,
  TelemetryRange,
  Upload,
  UploadContent,
  UploadedFile,
  UploadOptions,
  UploadProgress,
} from './files/index.js';
export { isEvent } from './live/event.js';
export type { Follow, FollowOptions } from './live/follow.js';
export type { LiveSample } from './live/hub.js';
export type { LiveState, WatchState } from './live/state.js';
export type { OnValues, Telemetry, TelemetryOptions } from './live/telemetry.js';
export type { Attempt, CallOptions, ConnectionOptions, Credentials, Fetch, Hooks } from './options.js';
