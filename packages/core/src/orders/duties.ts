import type { Permissions } from '../access/index.js';
import type { Migrations } from '../database/index.js';
import { complaintMigrations } from './complaints/migrations.js';
import { complaintPermissions } from './complaints/permissions.js';
import { createComplaintRouter } from './complaints/router.js';
import { termsMigrations } from './terms/migrations.js';
import { termsPermissions } from './terms/permissions.js';
import { createTermsRouter } from './terms/router.js';

/** What a platform owes those who trade on it, around an order. */
export const dutyMigrations: Migrations = { ...termsMigrations, ...complaintMigrations };

export const dutyPermissions: Permissions = { ...termsPermissions, ...complaintPermissions };

export const createDutyRouters = () => ({ terms: createTermsRouter(), complaints: createComplaintRouter() });
