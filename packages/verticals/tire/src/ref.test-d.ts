import type { VerticalRef } from '@yunfab/core/verticals';
import { type TireApi, tire } from './ref.js';

type InputOf<Procedure extends { _def: { $types: { input: unknown } } }> = Procedure['_def']['$types']['input'];
type OutputOf<Procedure extends { _def: { $types: { output: unknown } } }> = Procedure['_def']['$types']['output'];

/** What a client learns from the ref alone. */
type Learned = NonNullable<(typeof tire)['$api']>;

tire.id satisfies 'tire';
tire satisfies VerticalRef;

({ tin: 'DOT 1ABC1DEF23226' }) satisfies InputOf<Learned['tin']['parse']>;
({ run: '0198c0de-0000-7000-8000-000000000000' }) satisfies InputOf<Learned['runs']['cure']>;

declare const parsed: OutputOf<Learned['size']['parse']>;
parsed.size?.overallDiameter satisfies number | null | undefined;
declare const cure: OutputOf<TireApi['runs']['cure']>;
cure.verdict satisfies 'pass' | 'fail' | 'inconclusive' | null;

// @ts-expect-error the marking goes under `tin`
({ number: '1ABC1DEF23226' }) satisfies InputOf<Learned['tin']['parse']>;
// @ts-expect-error a size may be null: it has to be asked
parsed.size.overallDiameter;
// @ts-expect-error there is no such procedure
type Missing = Learned['recipes']['remove'];
// @ts-expect-error a recipe without its window is no recipe
({ code: 'a', name: 'b', activation_energy: 90 }) satisfies InputOf<Learned['recipes']['create']>;
// @ts-expect-error another vertical's ref is not this one
const other: VerticalRef<'tire', TireApi> = { id: 'loom', version: '1.0.0' };

export type { Missing };
export { other };
