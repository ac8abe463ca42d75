/**
 * Where the guides of a rod sit, measured from the tip top: the gaps grow by the same step, the first is `first` and the
 * last guide sits at `stripper`, so n·first + step·n(n−1)/2 = stripper. All in one unit of length.
 */
export function spaceGuides({ guides, first, stripper }: { readonly guides: number; readonly first: number; readonly stripper: number }): {
  readonly step: number;
  readonly positions: readonly number[];
} {
  if (!Number.isInteger(guides) || guides < 2) throw new RangeError(`${guides} guides cannot be spaced; give 2 or more`);
  const step = (stripper - guides * first) / ((guides * (guides - 1)) / 2);
  const positions: number[] = [];
  let at = 0;
  for (let gap = 0; gap < guides; gap++) {
    at += first + gap * step;
    positions.push(at);
  }
  return { step, positions };
}
