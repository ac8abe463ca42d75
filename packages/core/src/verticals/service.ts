import { z } from 'zod';
import type { CommandScope } from '../commands/index.js';
import type { Scope } from '../database/index.js';
import { disableFor, enabledVerticals, enableFor } from './enablement.js';
import { verticalErrors } from './errors.js';
import type { LoadedVertical, LoadedVerticals } from './registry.js';
import type { VerticalPagesView, VerticalView } from './schema.js';

export type VerticalService = ReturnType<typeof createVerticalService>;

/** Which verticals the platform has and an organization uses. */
export function createVerticalService({ verticals }: { readonly verticals: LoadedVerticals }) {
  function known(id: string): LoadedVertical {
    const found = verticals.find(({ vertical }) => vertical.id === id);
    if (!found) throw verticalErrors.unknown({ vertical: id, known: verticals.map(({ vertical }) => vertical.id).join(', ') || '–' });
    return found;
  }

  async function list(scope: Scope): Promise<{ items: VerticalView[]; next: null }> {
    const enabled = await enabledVerticals(scope);
    return { items: verticals.map((loaded) => viewOf(loaded, enabled)), next: null };
  }

  async function enable(scope: Scope, id: string): Promise<VerticalView> {
    const loaded = known(id);
    await enableFor(scope, id, loaded.vertical.version);
    return viewOf(loaded, await enabledVerticals(scope));
  }

  async function disable(scope: Scope, id: string): Promise<VerticalView> {
    const loaded = known(id);
    await disableFor(scope, id);
    return viewOf(loaded, new Map());
  }

  async function pages(scope: CommandScope): Promise<VerticalPagesView> {
    const enabled = await enabledVerticals(scope);
    return { verticals: verticals.filter(({ vertical }) => enabled.has(vertical.id)).map((loaded) => pagesOf(loaded, scope)) };
  }

  return { list, enable, disable, pages };
}

function viewOf({ vertical }: LoadedVertical, enabled: ReadonlyMap<string, Date>): VerticalView {
  const { id, version, words } = vertical;
  return { id, version, name: words.name, description: words.description, enabledAt: enabled.get(id)?.toISOString() ?? null };
}

function pagesOf({ vertical }: LoadedVertical, { actor }: CommandScope): VerticalPagesView['verticals'][number] {
  return {
    id: vertical.id,
    name: vertical.words.name,
    pages: (vertical.pages ?? []).filter((page) => actor.permissions.has(page.permission)),
    equipmentModels: (vertical.equipmentModels ?? []) as VerticalPagesView['verticals'][number]['equipmentModels'],
    specifications: (vertical.itemSpecifications ?? []).map(({ id, words, fields, schema, example }) => ({
      id,
      words,
      fields,
      jsonSchema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Record<string, never>,
      example: example as Record<string, never>,
    })),
  };
}
