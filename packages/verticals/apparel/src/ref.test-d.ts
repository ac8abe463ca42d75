import type { VerticalRef } from '@yunfab/core/verticals';
import { type ApparelApi, apparel } from './ref.js';

type InputOf<Procedure extends { _def: { $types: { input: unknown } } }> = Procedure['_def']['$types']['input'];
type OutputOf<Procedure extends { _def: { $types: { output: unknown } } }> = Procedure['_def']['$types']['output'];

/** What a client learns from the ref alone. */
type Learned = NonNullable<(typeof apparel)['$api']>;

apparel.id satisfies 'apparel';
apparel satisfies VerticalRef;

({ sex: 'male', height: 173, garment: 'shirt' }) satisfies InputOf<Learned['designs']['draft']>;
({ tag: 'T-1', reads: [{ operation: 'cut', direction: 'in', station: 'C1' }] }) satisfies InputOf<Learned['garments']['read']>;

declare const design: OutputOf<Learned['designs']['draft']>;
design.size satisfies string | null;
design.drawing?.unit satisfies string | undefined;
declare const track: OutputOf<ApparelApi['garments']['track']>;
track.steps[0]?.state satisfies 'done' | 'here' | 'ready' | 'waiting' | undefined;

// @ts-expect-error there is no such garment
({ sex: 'male', garment: 'kimono' }) satisfies InputOf<Learned['designs']['draft']>;
// @ts-expect-error a tag goes in or out
({ tag: 'T-1', operation: 'cut', direction: 'past', station: 'C1' }) satisfies InputOf<Learned['garments']['move']>;
// @ts-expect-error a drawing may be missing: it has to be asked
design.drawing.unit;
// @ts-expect-error there is no such procedure
type Missing = Learned['garments']['remove'];

export type { Missing };
