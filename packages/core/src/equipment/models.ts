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

/** One value of a command or of a configuration. */
export interface ParameterModel {
  /** `[a-z][a-z0-9_]*`, as it stands in the message to the device. */
  readonly name: string;
  readonly words: Words;
  readonly kind: SignalKind;
  /** UCUM. */
  readonly unit?: string;
  /** Of a number. */
  readonly range?: { readonly low?: number; readonly high?: number };
  /** Of a number: only whole ones. */
  readonly whole?: boolean;
  /** Of a text: one of these, each with what it is called. */
  readonly choices?: Readonly<Record<string, Words>>;
  /** Of a text without choices: the most UTF-16 units; 200 unless said. It is never empty. */
  readonly longest?: number;
  readonly optional?: boolean;
}

/** One command that a machine's devices understand. */
export interface CommandModel {
  /** `[a-z][a-z0-9_.]*`, as it stands in the message to the device. */
  readonly name: string;
  readonly words: Words;
  /** What it does, from when on, and when the machine refuses it: for who is about to send it. */
  readonly description?: Words;
  readonly parameters: readonly ParameterModel[];
}

/** A kind of machine: what it is called, which signals it gives, which commands it takes and what can be set on it. */
export interface EquipmentModel {
  readonly words: Words;
  readonly signals: readonly SignalModel[];
  /** Only these are sent to it; left out: any, its devices say what they do not understand. */
  readonly commands?: readonly CommandModel[];
  /** Only these are set on its devices; left out: any. */
  readonly configuration?: readonly ParameterModel[];
}

/** Model id (`kiln.chamber`) → model. A port: the verticals fill it, composition hands it over. */
export type EquipmentModels = ReadonlyMap<string, EquipmentModel>;
