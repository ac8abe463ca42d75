/** km/h by speed symbol (ISO 4000-1, UN R30 2.30 and R54). `ZR` alone says only "above 240", `(Y)` "above 300". */
const speeds: Readonly<Record<string, number>> = {
  A1: 5,
  A2: 10,
  A3: 15,
  A4: 20,
  A5: 25,
  A6: 30,
  A7: 35,
  A8: 40,
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

export const speedSymbols: readonly string[] = Object.keys(speeds);

/** The speed of a speed symbol in km/h; null when there is no such symbol. */
export function speedOf(symbol: string): number | null {
  return speeds[symbol] ?? null;
}

/** Share of the load that is left at the symbol's own speed, falling linearly from the speed below it (UN R30, 2.31; ETRTO). */
const derating: Readonly<Record<string, { readonly from: number; readonly to: number; readonly left: number }>> = {
  V: { from: 210, to: 240, left: 0.91 },
  W: { from: 240, to: 270, left: 0.85 },
  Y: { from: 270, to: 300, left: 0.85 },
};

/** The share of its load that a tire of this symbol carries at `speed` km/h, 1 or less; null beyond its speed. */
export function loadShareAt(symbol: string, speed: number): number | null {
  const highest = speedOf(symbol);
  if (highest === null || speed > highest) return null;
  const rule = derating[symbol];
  if (!rule || speed <= rule.from) return 1;
  return 1 - ((1 - rule.left) * (speed - rule.from)) / (rule.to - rule.from);
}
