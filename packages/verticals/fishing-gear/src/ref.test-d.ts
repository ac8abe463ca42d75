import type { VerticalRef } from '@yunfab/core/verticals';
import { type FishingGearApi, fishingGear } from './ref.js';

type InputOf<Procedure extends { _def: { $types: { input: unknown } } }> = Procedure['_def']['$types']['input'];
type OutputOf<Procedure extends { _def: { $types: { output: unknown } } }> = Procedure['_def']['$types']['output'];

/** What a client learns from the ref alone. */
type Learned = NonNullable<(typeof fishingGear)['$api']>;

fishingGear.id satisfies 'fishing-gear';
fishingGear satisfies VerticalRef;

({ code: 'FLY-905-4' }) satisfies InputOf<Learned['designs']['bend']>;

declare const bent: OutputOf<Learned['designs']['bend']>;
bent.ern satisfies number | null;
declare const price: OutputOf<FishingGearApi['quotations']['price']>;
price.cif.amount satisfies string;

// @ts-expect-error a rod number may be null: the load may lie below the published table
bent.ern.toFixed();
// @ts-expect-error there is no such procedure
type Missing = Learned['designs']['remove'];
// @ts-expect-error money is a decimal string
price.fob.amount satisfies number;

export type { Missing };
