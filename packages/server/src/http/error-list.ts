import { accessErrors } from '@yunfab/core/access';
import { requestErrors } from '@yunfab/core/commands';
import { commerceErrors } from '@yunfab/core/commerce';
import { engineeringErrors } from '@yunfab/core/engineering';
import { equipmentErrors } from '@yunfab/core/equipment';
import type { ErrorCatalogue } from '@yunfab/core/errors';
import { eventsErrors } from '@yunfab/core/events';
import { filesErrors } from '@yunfab/core/files';
import { lifecycleErrors } from '@yunfab/core/lifecycle';
import { measureErrors } from '@yunfab/core/measure';
import { meteringErrors } from '@yunfab/core/metering';
import {
  changesErrors,
  complaintErrors,
  deliveryErrors,
  importsErrors,
  ordersErrors,
  ratingErrors,
  rfqErrors,
  statementErrors,
  subcontractErrors,
  suppliedErrors,
  termsErrors,
} from '@yunfab/core/orders';
import { portabilityErrors } from '@yunfab/core/portability';
import { floorErrors, goldenRunErrors, productionErrors, runRuleErrors } from '@yunfab/core/production';
import { serviceErrors } from '@yunfab/core/service';
import { type LoadedVerticals, verticalErrorCatalogue, verticalErrors } from '@yunfab/core/verticals';
import type { FastifyInstance } from 'fastify';
import { signinErrors } from '../signin/index.js';

const features = [
  accessErrors,
  requestErrors,
  eventsErrors,
  engineeringErrors,
  equipmentErrors,
  filesErrors,
  lifecycleErrors,
  measureErrors,
  meteringErrors,
  productionErrors,
  floorErrors,
  runRuleErrors,
  goldenRunErrors,
  ordersErrors,
  changesErrors,
  complaintErrors,
  deliveryErrors,
  importsErrors,
  ratingErrors,
  rfqErrors,
  statementErrors,
  subcontractErrors,
  suppliedErrors,
  termsErrors,
  portabilityErrors,
  serviceErrors,
  commerceErrors,
  verticalErrors,
  signinErrors,
];

/** `GET /api/errors.json`: every code that a client can meet → its sentence in both languages, with `{detail}` placeholders. The console speaks with it. */
export function errorListRoutes(verticals: LoadedVerticals) {
  const catalogue: ErrorCatalogue = Object.assign({}, ...features.map((errors) => errors.catalogue), verticalErrorCatalogue(verticals));
  const list = JSON.stringify(Object.fromEntries(Object.entries(catalogue).map(([code, { en, zh }]) => [code, { en, zh }])));
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/api/errors.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(list));
  };
}
