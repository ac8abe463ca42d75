/** Last length in mm of a size in Paris points, two thirds of a centimetre each (ISO/TS 19407). */
export const lastOfParis = (points: number): number => (points * 20) / 3;

/** Last length in mm of a UK adult size: thirds of an inch beyond the 25th (ISO/TS 19407). */
export const lastOfUk = (size: number): number => ((size + 25) / 3) * 25.4;
