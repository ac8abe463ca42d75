export type { Issue } from './issue.js';
export { defineErrors, type ErrorCatalogue, type ErrorDefinition, errorWords, isYunfabError, YunfabError } from './yunfab-error.js';
