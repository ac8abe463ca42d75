export { type ClientOptions, createClient, type LiveApi, type Yunfab } from './client.js';
export type { ApiOf, CoreApi, FeedEvent, InputOf, KnownErrorCode, OutputOf, Procedure, Reply } from './contract.js';
export { type ClientErrorCode, clientErrorWords, type ErrorCode, isYunfabError, YunfabClientError } from './errors.js';
export type { Follow, FollowOptions } from './live/follow.js';
export type { LiveSample } from './live/hub.js';
export type { OnValues, Telemetry, TelemetryOptions } from './live/telemetry.js';
export type { Attempt, CallOptions, ConnectionOptions, Credentials, Fetch, Hooks } from './options.js';
