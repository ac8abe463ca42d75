import { organizationNames } from '../../access/index.js';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { EngineeringService } from '../service.js';
import { owner } from '../view.js';
import { findChange, pageOfChanges } from './repository.js';
import { summarizeChange, viewChange } from './view.js';

export const reading: Pick<EngineeringService, 'getChange' | 'listChanges'> = {
  async getChange(scope, id) {
    const change = await findChange(scope, id);
    if (!change) throw requestErrors.not_found({ kind: 'engineering_change' });
    return viewChange(scope, change);
  },

  async listChanges(scope, { limit, cursor, state }) {
    const rows = await pageOfChanges(scope, { state, after: decodeCursor(cursor), limit });
    const names = await organizationNames(
      scope,
      rows.map((row) => row.organization),
    );
    return page(
      rows,
      limit,
      (row) => ({ key: row.changed_at.toISOString(), id: row.id }),
      ({ role, ...row }) => summarizeChange(row, role, owner(names, row.organization)),
    );
  },
};
