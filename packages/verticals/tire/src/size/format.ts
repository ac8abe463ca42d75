import type { TireSize } from './parse.js';

const letters: Readonly<Record<TireSize['construction'], string>> = { radial: 'R', diagonal: 'D', bias_belted: 'B' };

/** The marking of a size as it stands on the sidewall: what `parseSize` reads back as the same size. */
export function formatSize(size: TireSize): string {
  const { system, prefix, suffix, nominalWidth, nominalDiameter, aspectRatio, highSpeed, construction, rim } = size;
  const build = system === 'metric' ? letters[construction] : construction === 'radial' ? 'R' : '-';
  const dimension =
    system === 'metric'
      ? `${prefix ?? ''}${nominalWidth}/${aspectRatio}${highSpeed ? 'Z' : ''}`
      : system === 'flotation'
        ? `${nominalDiameter}x${nominalWidth}`
        : nominalWidth;
  return [`${dimension}${build}${rim}${suffix ?? ''}`, serviceDescription(size), size.extraLoad && 'XL', size.mudAndSnow && 'M+S']
    .filter(Boolean)
    .join(' ');
}

/** `91V`, `156/150L`, `(94Y)`; empty when the marking carries none. */
export function serviceDescription({ loadIndex, dualLoadIndex, speedSymbol, speedAbove }: TireSize): string {
  if (loadIndex === null) return '';
  const description = `${loadIndex}${dualLoadIndex === null ? '' : `/${dualLoadIndex}`}${speedSymbol ?? ''}`;
  return speedAbove ? `(${description})` : description;
}
