interface Numbered {
  readonly number: string;
  readonly sscc: boolean;
}

/**
 * Whether a scan names the package: its number as it stands, or its SSCC in an element string with (00), with the symbology
 * identifier that a scanner puts before it, or in a GS1 Digital Link.
 */
export function isScanOf(code: string, { number, sscc }: Numbered): boolean {
  if (code === number) return true;
  if (!sscc) return false;
  return (
    /^(?:\][A-Za-z]\d)?\(?00\)?(\d{18})$/.exec(code)?.[1] === number || /^https?:.*\/00\/(\d{18})(?:[/?#]|$)/i.exec(code)?.[1] === number
  );
}

interface Packed extends Numbered {
  readonly id: string;
  readonly inside: string | null;
}

/** The package and all that stands in it, at any depth; a package that holds others stands before them. */
export function withContents(id: string, packages: readonly Packed[]): ReadonlySet<string> {
  const held = new Set([id]);
  for (const each of packages) if (each.inside !== null && held.has(each.inside)) held.add(each.id);
  return held;
}

/** Ticks a package with what it holds; unticking it unticks also what holds it, because that is not whole any more. */
export function ticked(id: string, on: boolean, before: ReadonlySet<string>, packages: readonly Packed[]): ReadonlySet<string> {
  const inner = withContents(id, packages);
  if (on) return new Set([...before, ...inner]);
  const outer = new Set<string>();
  for (let at = packages.find((each) => each.id === id)?.inside ?? null; at !== null; ) {
    outer.add(at);
    const holder = at;
    at = packages.find((each) => each.id === holder)?.inside ?? null;
  }
  return new Set([...before].filter((each) => !inner.has(each) && !outer.has(each)));
}
