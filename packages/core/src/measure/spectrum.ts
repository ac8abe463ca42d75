import FFT from 'fft.js';
import { wrapAngle } from './circular.js';

/**
 * One harmonic of a periodic signal, x(θ) = mean + Σ amplitude · cos(order · θ − phase), θ from 0 to 2π over the period.
 * Its peak-to-peak is 2 · amplitude; its first high point is at θ = phase / order.
 */
export interface Harmonic {
  /** Periods in the whole record: 1 is the fundamental. */
  readonly order: number;
  /** Half of the peak-to-peak, in the unit of the samples. */
  readonly amplitude: number;
  /** Radians in [0, 2π); meaningless where the amplitude is 0. */
  readonly phase: number;
}

export interface Spectrum {
  readonly mean: number;
  /** H1 to H`highest`. */
  readonly harmonics: readonly Harmonic[];
}

/** A discrete Fourier transform of one length, prepared once: bins 0 to n/2 of a real signal, interleaved re, im. */
type Transform = (samples: ArrayLike<number>) => ArrayLike<number>;

/** The transform of the length asked for last: the records of one machine share theirs. */
let prepared: { readonly length: number; readonly transform: Transform } | null = null;

/**
 * Mean and harmonics of evenly spaced samples over exactly one period, of any length, without windowing or resampling.
 * Throws RangeError where the samples are too few to tell `highest` (the half of their number is the limit).
 */
export function harmonicsOf(samples: ArrayLike<number>, highest: number): Spectrum {
  const length = samples.length;
  if (!Number.isInteger(highest) || highest < 1 || 2 * highest >= length)
    throw new RangeError(`${length} samples tell harmonics 1 to ${Math.max(0, Math.ceil(length / 2) - 1)}, not ${highest}`);
  if (prepared?.length !== length) prepared = { length, transform: createTransform(length) };
  const bins = prepared.transform(samples);
  const harmonics = Array.from({ length: highest }, (_, i): Harmonic => {
    const order = i + 1;
    const re = bins[2 * order] as number;
    const im = bins[2 * order + 1] as number;
    return { order, amplitude: (2 * Math.hypot(re, im)) / length, phase: wrapAngle(Math.atan2(-im, re)) };
  });
  return { mean: (bins[0] as number) / length, harmonics };
}

function createTransform(length: number): Transform {
  return Number.isInteger(Math.log2(length)) ? radixTransform(length) : chirpTransform(length);
}

function radixTransform(length: number): Transform {
  const fft = new FFT(length);
  const out: number[] = fft.createComplexArray();
  return (samples) => {
    fft.realTransform(out, samples);
    return out;
  };
}

/** Bluestein's algorithm: a transform of any length as a convolution with a chirp, by two of a power of two. Exact, not interpolated. */
function chirpTransform(length: number): Transform {
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const fft = new FFT(size);
  const cosine = new Float64Array(length);
  const sine = new Float64Array(length);
  const chirp = new Float64Array(2 * size);
  for (let k = 0; k < length; k++) {
    // k² modulo 2n keeps the angle small, and so exact.
    const angle = (Math.PI * ((k * k) % (2 * length))) / length;
    cosine[k] = Math.cos(angle);
    sine[k] = Math.sin(angle);
    for (const at of k === 0 ? [0] : [k, size - k]) {
      chirp[2 * at] = cosine[k] as number;
      chirp[2 * at + 1] = sine[k] as number;
    }
  }
  const filter = new Float64Array(2 * size);
  fft.transform(filter, chirp);
  const input = new Float64Array(2 * size);
  const product = new Float64Array(2 * size);
  const out = new Float64Array(2 * size);
  return (samples) => {
    input.fill(0);
    for (let k = 0; k < length; k++) {
      const value = samples[k] as number;
      input[2 * k] = value * (cosine[k] as number);
      input[2 * k + 1] = -value * (sine[k] as number);
    }
    fft.transform(product, input);
    multiply(product, filter);
    fft.inverseTransform(out, product);
    for (let k = 0; k < length; k++) rotateBack(out, k, cosine[k] as number, sine[k] as number);
    return out;
  };
}

function multiply(into: Float64Array, by: Float64Array): void {
  for (let i = 0; i < into.length; i += 2) {
    const re = into[i] as number;
    const im = into[i + 1] as number;
    into[i] = re * (by[i] as number) - im * (by[i + 1] as number);
    into[i + 1] = re * (by[i + 1] as number) + im * (by[i] as number);
  }
}

function rotateBack(out: Float64Array, k: number, cosine: number, sine: number): void {
  const re = out[2 * k] as number;
  const im = out[2 * k + 1] as number;
  out[2 * k] = re * cosine + im * sine;
  out[2 * k + 1] = im * cosine - re * sine;
}
