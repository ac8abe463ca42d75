export { appendEvent, type NewEvent } from './append.js';
export { eventMigrations } from './migrations.js';
