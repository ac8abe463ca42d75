/** What a machine says besides its samples: `run_started`, `run_ended`, `count`, or an event of its own. */
export interface MachineEvent {
  readonly type: string;
  /** The run it belongs to, where it belongs to one; see {@link runName}. */
  readonly run?: string;
  readonly [field: string]: unknown;
}

/** What a machine does in one second of its own time. */
export interface MachineSecond {
  /** What its signals read, by name; only what is sent in this second. Null: it sends no sample. */
  readonly values: Readonly<Record<string, number | string | boolean>> | null;
  /** A waveform: samples within this second that stand closer than one a second, oldest first, none later than `ts`. */
  readonly burst?: readonly { readonly ts: number; readonly values: Readonly<Record<string, number | string | boolean>> }[];
  /** In order; each is published as one message before the sample. */
  readonly events: readonly MachineEvent[];
}

/** Parameters of a command or settings of a configuration, as the platform sent them. */
export type Given = Readonly<Record<string, unknown>>;

/** What the machine does when it is told to; what it returns goes into the answer. Throws a {@link refusal} that says why it does not. */
export type CommandAct = (parameters: Given) => Given | undefined;

/** The physics of one machine, second by second. The same machine with the same seed does the same. */
export interface Machine {
  /** From one run's end to the next one's, s. */
  cycleSeconds(): number;
  /** Lets one second pass; `ts` is its end, Unix ms. */
  next(ts: number): MachineSecond;
  setFault(name: string, on: boolean): void;
  /** By name, those that its equipment model declares. */
  readonly commands?: Readonly<Record<string, CommandAct>>;
  /** Puts a configuration in force and returns what is in force then. Throws a {@link refusal}. */
  configure?(configuration: Given): Given;
}

/** `r20261122-061500`: UTC, unique on its machine; tells the machine's own time, so a run keeps its name over a restart. */
export function runName(ts: number): string {
  return `r${new Date(ts).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
}
