export { coreMigrations } from './migrations.js';
