/** Repeatable randomness: the same seed gives the same course. */
export interface Noise {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  gauss(): number;
}

/** Mulberry32 for the uniform part, Box and Muller for the normal one. */
export function createNoise(seed: number): Noise {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    gauss: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
