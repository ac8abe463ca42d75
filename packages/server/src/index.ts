export { type Config, readConfig } from './config/index.js';
export { createLog, type Logger } from './operations/log.js';
export { type Platform, type PlatformOptions, startPlatform } from './platform/platform.js';
