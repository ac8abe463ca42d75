export { isYunfabError, type YunfabClientError } from '../errors.js';
export { type Device, type DeviceOptions, type DeviceState, openDevice, type SignalValue } from './device.js';
export type { CommandHandler, ConfigurationHandler, DeviceCommand, DeviceConfiguration } from './orders.js';
