export { type BrokerConfig, type Config, ownerUrl, readConfig, requireSecret } from './config.js';
export { configErrors } from './errors.js';
