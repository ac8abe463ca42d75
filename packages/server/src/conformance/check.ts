/** What one check of a vertical found. */
export interface CheckResult {
  readonly check: string;
  /** What it looks at, as a sentence. */
  readonly asks: string;
  /** One sentence each; none: it passed. */
  readonly problems: readonly string[];
  /** What it went over: `12 values`. */
  readonly note: string;
}

export interface Found {
  readonly problems: readonly string[];
  readonly note: string;
}

/** A check of the conformance suite, over what it needs. */
export interface Check<Subject> {
  readonly name: string;
  readonly asks: string;
  readonly run: (subject: Subject) => Found | Promise<Found>;
}

/** A check that cannot be carried through has failed, with the reason. */
export async function carryOut<Subject>({ name, asks, run }: Check<Subject>, subject: Subject): Promise<CheckResult> {
  try {
    return { check: name, asks, ...(await run(subject)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { check: name, asks, problems: [`the check could not be carried through: ${reason}`], note: '' };
  }
}
