/** kg of load indices 60 to 139 (ISO 4000-1, ETRTO); every 80 further is tenfold. Halves are rounded down below 140. */
const from60To139 = [
  250, 257.5, 265, 272.5, 280, 290, 300, 307.5, 315, 325, 335, 345, 355, 365, 375, 387.5, 400, 412.5, 425, 437.5, 450, 462.5, 475, 487.5,
  500, 515, 530, 545, 560, 580, 600, 615, 630, 650, 670, 690, 710, 730, 750, 775, 800, 825, 850, 875, 900, 925, 950, 975, 1000, 1030, 1060,
  1090, 1120, 1150, 1180, 1215, 1250, 1285, 1320, 1360, 1400, 1450, 1500, 1550, 1600, 1650, 1700, 1750, 1800, 1850, 1900, 1950, 2000, 2060,
  2120, 2180, 2240, 2300, 2360, 2430,
];

/** The load of a load index in kg; null outside 60 to 219. */
export function loadOf(index: number): number | null {
  if (!Number.isInteger(index) || index < 60 || index > 219) return null;
  return index < 140 ? Math.floor(from60To139[index - 60] as number) : (from60To139[index - 140] as number) * 10;
}

/** km/h by speed symbol (ISO 4000-1). `ZR` alone says only "above 240". */
const speeds: Readonly<Record<string, number>> = {
  B: 50,
  C: 60,
  D: 65,
  E: 70,
  F: 80,
  G: 90,
  J: 100,
  K: 110,
  L: 120,
  M: 130,
  N: 140,
  P: 150,
  Q: 160,
  R: 170,
  S: 180,
  T: 190,
  U: 200,
  H: 210,
  V: 240,
  W: 270,
  Y: 300,
};

/** The speed of a speed symbol in km/h; null when there is no such symbol. */
export function speedOf(symbol: string): number | null {
  return speeds[symbol] ?? null;
}

/** Share of the load that is left at the highest speed: linear from the speed below it (ETRTO). */
const derating: Readonly<Record<string, { readonly from: number; readonly to: number; readonly left: number }>> = {
  V: { from: 210, to: 240, left: 0.91 },
  W: { from: 240, to: 270, left: 0.85 },
  Y: { from: 270, to: 300, left: 0.85 },
};

/** The load in kg that a tire carries at `speed` km/h; null beyond its speed symbol. */
export function loadAt(index: number, symbol: string, speed: number): number | null {
  const load = loadOf(index);
  const highest = speedOf(symbol);
  if (load === null || highest === null || speed > highest) return null;
  const rule = derating[symbol];
  if (!rule || speed <= rule.from) return load;
  return load * (1 - ((1 - rule.left) * (speed - rule.from)) / (rule.to - rule.from));
}
