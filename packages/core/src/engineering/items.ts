import { createRecord } from '../access/index.js';
import { decodeCursor, page, requestErrors } from '../commands/index.js';
import { newId, type Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { engineeringErrors } from './errors.js';
import { findItems, type ItemRow, insertItem, pageOfItems, setOwnNumber } from './repository.js';
import type { ItemView } from './schema.js';
import type { EngineeringPorts, EngineeringService } from './service.js';
import { viewItems } from './view.js';

type Items = Pick<EngineeringService, 'createItem' | 'getItem' | 'listItems' | 'annotateItem'>;

export const createItems = ({ itemKinds }: EngineeringPorts): Items => {
  const viewed = async (scope: Scope, item: ItemRow): Promise<ItemView> => (await viewItems(scope, [item], itemKinds))[0] as ItemView;
  return {
    async createItem(scope, { number, kind, name, unit }) {
      const declared = itemKinds(kind);
      if (!declared) throw engineeringErrors.kind_unknown({ kind });
      if (declared.unit !== null && declared.unit !== unit) throw engineeringErrors.kind_unit({ kind, expected: declared.unit, unit });
      const id = newId<'record'>();
      const item: ItemRow = {
        id,
        organization: scope.organization,
        number,
        kind,
        name_en: name.en,
        name_zh: name.zh,
        unit,
        created_at: scope.now,
      };
      await createRecord(scope, { id, kind: 'item', parties: [{ organization: scope.organization, role: 'owner' }] });
      await insertItem(scope, item);
      await appendEvent(scope, { type: 'engineering.item_created', record: id, body: { number, kind } });
      return viewed(scope, item);
    },

    async getItem(scope, item) {
      return viewed(scope, await visibleItem(scope, item));
    },

    async listItems(scope, { limit, cursor, ...filter }) {
      const rows = await pageOfItems(scope, { ...filter, after: decodeCursor(cursor), limit });
      const views = new Map((await viewItems(scope, rows, itemKinds)).map((view) => [view.id, view]));
      return page(
        rows,
        limit,
        (row) => ({ key: row.created_at.toISOString(), id: row.id }),
        (row) => views.get(row.id) as ItemView,
      );
    },

    /** Private to the party: no event, the owner learns nothing. */
    async annotateItem(scope, { item: id, ownNumber }) {
      const item = await visibleItem(scope, id);
      await setOwnNumber(scope, item.id, ownNumber);
      return viewed(scope, item);
    },
  };
};

export async function visibleItem(scope: Scope, id: string): Promise<ItemRow> {
  const [item] = await findItems(scope, [id]);
  if (!item) throw requestErrors.not_found({ kind: 'item' });
  return item;
}
