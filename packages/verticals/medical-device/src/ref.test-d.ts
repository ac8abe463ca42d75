import type { VerticalRef } from '@yunfab/core/verticals';
import { type MedicalDeviceApi, medicalDevice } from './ref.js';

type InputOf<Procedure extends { _def: { $types: { input: unknown } } }> = Procedure['_def']['$types']['input'];
type OutputOf<Procedure extends { _def: { $types: { output: unknown } } }> = Procedure['_def']['$types']['output'];

/** What a client learns from the ref alone. */
type Learned = NonNullable<(typeof medicalDevice)['$api']>;

medicalDevice.id satisfies 'medical-device';
medicalDevice satisfies VerticalRef;

({ scan: '+A123BJC5D6E71G' }) satisfies InputOf<Learned['udi']['parse']>;

declare const used: OutputOf<Learned['use']['record']>;
used.patient satisfies string;
declare const parsed: OutputOf<MedicalDeviceApi['udi']['parse']>;
parsed.identification.di satisfies string | null;

// @ts-expect-error a use without a patient is none
({ scan: '+A123BJC5D6E71G' }) satisfies InputOf<Learned['use']['record']>;
// @ts-expect-error a code may name no device: it has to be asked
parsed.identification.di.length;
// @ts-expect-error uses are not taken back
type Missing = Learned['use']['remove'];

export type { Missing };
