export type { Issue } from './issue.js';
export {
  atField,
  defineErrors,
  type ErrorCatalogue,
  type ErrorDefinition,
  errorWords,
  isYunfabError,
  YunfabError,
} from './yunfab-error.js';
