import type { Marker } from './marker.js';

/** What a marker takes of the fabric. */
export interface FabricReport {
  /** Copies laid. */
  readonly pieces: number;
  readonly lengthM: number;
  readonly widthM: number;
  /** Fabric under the marker, m². */
  readonly fabricM2: number;
  /** Fabric between the pieces, m². */
  readonly wasteM2: number;
  /** Area of the pieces in that of the fabric, %. */
  readonly densityPercent: number;
}

export function fabricReport({ length, width, density, placements }: Marker): FabricReport {
  const fabric = (length * width) / 1e6;
  return {
    pieces: placements.length,
    lengthM: round(length / 1000, 3),
    widthM: round(width / 1000, 3),
    fabricM2: round(fabric, 4),
    wasteM2: round(fabric * (1 - density), 4),
    densityPercent: round(density * 100, 2),
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
