import type { Words } from '../access/index.js';

export type SignalKind = 'number' | 'text' | 'boolean';

/** One signal that equipment of a model gives. */
export interface SignalModel {
  /** `[a-z][a-z0-9_.]*`, as it stands in the device's messages. */
  readonly name: string;
  /** UCUM; `1` for a bare number, empty for text. */
  readonly unit: string;
  readonly words: Words;
  readonly kind: SignalKind;
  /** Values outside are kept, with the quality 84 (OPC DA "engineering units exceeded"). */
  readonly range?: { readonly low?: number; readonly high?: number };
}

/** A kind of machine: what it is called and which signals it gives. */
export interface EquipmentModel {
  readonly words: Words;
  readonly signals: readonly SignalModel[];
}

/** Model id (`kiln.chamber`) → model. A port: the verticals fill it, composition hands it over. */
export type EquipmentModels = ReadonlyMap<string, EquipmentModel>;
