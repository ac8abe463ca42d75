export { type Core, type CoreProcedures, createCore } from './core.js';
export { coreMigrations } from './migrations.js';
