import type { Words } from '../access/index.js';
import type { UnitCode } from '../measure/index.js';

/** What an item can be: of core, or of an industry (`<vertical>/<kind>`). */
export interface ItemKindDeclaration {
  readonly words: Words;
  /** What it is counted in; null: any unit. */
  readonly unit: UnitCode | null;
  /** The schema that specifications of its revisions name; null: any. */
  readonly specification: string | null;
}

/** Port: the kind with this id, or undefined; verticals add theirs to {@link coreItemKind}. */
export type ItemKinds = (kind: string) => ItemKindDeclaration | undefined;

const any = { unit: null, specification: null };

export const coreItemKinds: Readonly<Record<string, ItemKindDeclaration>> = {
  part: { words: { en: 'Part', zh: '零件' }, ...any },
  assembly: { words: { en: 'Assembly', zh: '装配件' }, ...any },
  material: { words: { en: 'Material', zh: '物料' }, ...any },
  tool: { words: { en: 'Tool', zh: '工装' }, ...any },
  document: { words: { en: 'Document', zh: '文件' }, ...any },
};

/** The port's default: the kinds of core and no other. */
export const coreItemKind: ItemKinds = (kind) => (Object.hasOwn(coreItemKinds, kind) ? coreItemKinds[kind] : undefined);
