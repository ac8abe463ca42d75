import { type Issue, refused } from '../issue.js';

/** A piece and the shade lot (缸差批) of the roll that it was cut from. */
export interface ShadedPiece {
  readonly piece: string;
  readonly roll: string;
  readonly shade: string;
}

/** Pieces of one garment come from one dye lot: what is dyed apart looks apart once it is sewn together. */
export function checkShade(pieces: readonly ShadedPiece[]): Issue[] {
  const byShade = new Map<string, ShadedPiece[]>();
  for (const each of pieces) byShade.set(each.shade, [...(byShade.get(each.shade) ?? []), each]);
  if (byShade.size < 2) return [];
  const told = [...byShade].map(([shade, of]) => `${shade} (${of.map(({ piece, roll }) => `${piece} ← ${roll}`).join(', ')})`).join('; ');
  return [
    refused(
      'pieces',
      `The pieces come from ${byShade.size} shade lots: ${told}; cut the odd ones again from one lot`,
      `裁片来自 ${byShade.size} 个缸差批：${told}；请用同一批重裁不符的裁片`,
    ),
  ];
}
