export { type BrokerConfig, type BrokerTls, type Config, ownerUrl, readConfig, requireSecret } from './config.js';
export { configErrors } from './errors.js';
