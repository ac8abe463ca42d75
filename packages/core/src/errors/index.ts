export type { Issue } from './issue.js';
export { defineErrors, type ErrorCatalogue, type ErrorDefinition, isYunfabError, YunfabError } from './yunfab-error.js';
