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

/** One parameter of a command. */
export interface ParameterModel {
  readonly name: string;
  readonly words: Words;
  readonly kind: SignalKind;
  /** UCUM. */
  readonly unit?: string;
  /** Of a number. */
  readonly range?: { readonly low?: number; readonly high?: number };
  /** Of a text: one of these. */
  readonly choices?: readonly string[];
  readonly optional?: boolean;
}

/** One command that a machine's devices understand. */
export interface CommandModel {
  /** `[a-z][a-z0-9_.]*`, as it stands in the message to the device. */
  readonly name: string;
  readonly words: Words;
  readonly parameters: readonly ParameterModel[];
}

/** A kind of machine: what it is called, which signals it gives and which commands it takes. */
export interface EquipmentModel {
  readonly words: Words;
  readonly signals: readonly SignalModel[];
  /** Only these are sent to it; left out: any, its devices say what they do not understand. */
  readonly commands?: readonly CommandModel[];
}

/** Model id (`kiln.chamber`) → model. A port: the verticals fill it, composition hands it over. */
export type EquipmentModels = ReadonlyMap<string, EquipmentModel>;
