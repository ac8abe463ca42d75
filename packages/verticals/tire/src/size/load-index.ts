/**
 * kg of load indices 60 to 139 (ISO 4000-1, annex; ETRTO). The table repeats every 80 indices, ten times as high; as printed,
 * loads below 100 kg are cut to 0.1 kg and those below 2500 kg to whole kilograms.
 */
const from60To139 = [
  250, 257.5, 265, 272.5, 280, 290, 300, 307.5, 315, 325, 335, 345, 355, 365, 375, 387.5, 400, 412.5, 425, 437.5, 450, 462.5, 475, 487.5,
  500, 515, 530, 545, 560, 580, 600, 615, 630, 650, 670, 690, 710, 730, 750, 775, 800, 825, 850, 875, 900, 925, 950, 975, 1000, 1030, 1060,
  1090, 1120, 1150, 1180, 1215, 1250, 1285, 1320, 1360, 1400, 1450, 1500, 1550, 1600, 1650, 1700, 1750, 1800, 1850, 1900, 1950, 2000, 2060,
  2120, 2180, 2240, 2300, 2360, 2430,
];

export const highestLoadIndex = 279;

/** The load of a load index in kg; null outside 0 to 279. */
export function loadOf(index: number): number | null {
  if (!Number.isInteger(index) || index < 0 || index > highestLoadIndex) return null;
  const decade = Math.floor((index - 60) / 80);
  const base = from60To139[index - 60 - 80 * decade] as number;
  if (decade > 0) return base * 10 ** decade;
  if (decade === 0) return Math.floor(base);
  // 46.25 is printed 46.2, and 128.5 is printed 128.
  return base < 1000 ? Math.floor(base) / 10 : Math.floor(base / 10);
}
