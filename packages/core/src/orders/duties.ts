import type { Permissions } from '../access/index.js';
import type { Migrations } from '../database/index.js';
import { complaintMigrations } from './complaints/migrations.js';
import { complaintPermissions } from './complaints/permissions.js';
import { createComplaintRouter } from './complaints/router.js';
import { ratingMigrations } from './ratings/migrations.js';
import { ratingPermissions } from './ratings/permissions.js';
import { createRatingRouter } from './ratings/router.js';
import { termsGuardMigrations, termsMigrations } from './terms/migrations.js';
import { termsPermissions } from './terms/permissions.js';
import { createTermsRouter } from './terms/router.js';

/** What a platform owes those who trade on it, around an order. */
export const dutyMigrations: Migrations = { ...termsMigrations, ...complaintMigrations, ...ratingMigrations, ...termsGuardMigrations };

export const dutyPermissions: Permissions = { ...termsPermissions, ...complaintPermissions, ...ratingPermissions };

export const createDutyRouters = () => ({ terms: createTermsRouter(), complaints: createComplaintRouter(), ratings: createRatingRouter() });
