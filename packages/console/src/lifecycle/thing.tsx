import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useWords } from '../words/words.js';

export type Trace = Awaited<ReturnType<Client['lifecycle']['trace']>>;
export type UnitPageView = Awaited<ReturnType<Client['lifecycle']['units']['get']>>;
export type Activity = UnitPageView['timeline']['items'][number];
/** A lot or a unit as it stands in the history; hidden ones have a token for an id and nothing else. */
export type Thing = Activity['things'][number]['thing'];

export const placeOfThing = ({ kind, node }: Pick<Thing, 'kind' | 'node'>): string => `/${kind === 'unit' ? 'units' : 'lots'}/${node}`;

/** What a thing is called, with its item code when it has one; of a hidden one that it is hidden. */
export function useThingName(): (thing: Thing) => string {
  const { t } = useWords();
  return ({ hidden, code, itemCode }) => (hidden ? t('trace.hidden') : [code, itemCode].filter(Boolean).join(' · '));
}

export function ThingLink({ thing, short = false }: { readonly thing: Thing; readonly short?: boolean }) {
  const name = useThingName();
  if (thing.hidden) return <span className="soft">{name(thing)}</span>;
  return <Link href={placeOfThing(thing)}>{short ? thing.code : name(thing)}</Link>;
}
