import type { VerticalRef } from '@yunfab/core/verticals';
import { type PeripheralsApi, peripherals } from './ref.js';

type InputOf<Procedure extends { _def: { $types: { input: unknown } } }> = Procedure['_def']['$types']['input'];
type OutputOf<Procedure extends { _def: { $types: { output: unknown } } }> = Procedure['_def']['$types']['output'];

/** What a client learns from the ref alone. */
type Learned = NonNullable<(typeof peripherals)['$api']>;

peripherals satisfies VerticalRef;
({ printer: 'P-1', supply: 1 }) satisfies InputOf<Learned['supplies']['forecast']>;
({ serial: 'P-1', symptom: 'It switches off.' }) satisfies InputOf<Learned['failures']['report']>;

declare const forecast: OutputOf<PeripheralsApi['supplies']['forecast']>;
forecast.p10 satisfies string | null;
// @ts-expect-error there may be no plan: it has to be asked
forecast.plan.ship;
// @ts-expect-error a failure needs its symptom
({ serial: 'P-1' }) satisfies InputOf<Learned['failures']['report']>;
// @ts-expect-error there is no such procedure
type Missing = Learned['units']['remove'];

export type { Missing };
