import { type Issue, refused } from '../issue.js';

/** A piece and the shade lot (缸差批) of the roll that it was cut from. */
export interface ShadedPiece {
  readonly piece: string;
  readonly roll: string;
  readonly shade: string;
}

/** The shade lots among pieces with what came from each: `D-1 (front ← R-1, back ← R-1); D-2 (sleeve ← R-3)`. Null for one lot or none. */
export function mixedShades(pieces: readonly ShadedPiece[]): string | null {
  const byShade = groupByShade(pieces);
  if (byShade.size < 2) return null;
  return [...byShade].map(([shade, of]) => `${shade} (${of.map(({ piece, roll }) => `${piece} ← ${roll}`).join(', ')})`).join('; ');
}

/** Pieces of one garment come from one dye lot: what is dyed apart looks apart once it is sewn together. */
export function checkShade(pieces: readonly ShadedPiece[]): Issue[] {
  const told = mixedShades(pieces);
  if (told === null) return [];
  return [
    refused(
      'pieces',
      `The pieces come from several shade lots: ${told}; cut the odd ones again from one lot`,
      `裁片来自多个缸差批：${told}；请用同一批重裁不符的裁片`,
    ),
  ];
}

function groupByShade(pieces: readonly ShadedPiece[]): Map<string, ShadedPiece[]> {
  const groups = new Map<string, ShadedPiece[]>();
  for (const each of pieces) groups.set(each.shade, [...(groups.get(each.shade) ?? []), each]);
  return groups;
}
