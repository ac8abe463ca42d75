export { embeddedErrors } from './errors.js';
export { type ProvisionedDatabase, provisionEmbedded } from './provision.js';
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './start.js';
