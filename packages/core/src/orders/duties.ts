import type { Permissions } from '../access/index.js';
import type { Migrations } from '../database/index.js';
import { termsMigrations } from './terms/migrations.js';
import { termsPermissions } from './terms/permissions.js';
import { createTermsRouter } from './terms/router.js';

/** What a platform owes those who trade on it, around an order. */
export const dutyMigrations: Migrations = { ...termsMigrations };

export const dutyPermissions: Permissions = { ...termsPermissions };

export const createDutyRouters = () => ({ terms: createTermsRouter() });
