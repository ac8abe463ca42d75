export { createDeviceAccounts, type DeviceAccounts, type DeviceAccountsOptions } from './accounts/device-accounts.js';
export { type BrokerOptions, createGateway, type Gateway, type GatewayOptions } from './gateway.js';
export { type FlowLimits, flowLimits, limits } from './limits.js';
export type { GatewayLog } from './log.js';
export type { CommittedBatch, CommittedEvent, CommittedSample } from './pipeline/committed-batch.js';
export type { GatewayCounters } from './pipeline/counters.js';
export { quality } from './quality.js';
export type { Refusal, RefusalReason } from './refusal.js';
export { deviceMay, deviceTopics, parseUsername } from './topics.js';
