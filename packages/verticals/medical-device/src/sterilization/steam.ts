import { decadeRate } from '@yunfab/core/measure';

/** EN 285:2015, 3 "theoretical temperature": coefficients for the pressure in MPa and the temperature in K. */
const a = 42.6776;
const b = -3892.7;
const c = -9.48654;
const zeroCelsius = 273.15;
const barInMegapascal = 0.1;

/** °C of saturated steam at an absolute pressure in bar; NaN at and below zero. */
export const saturationTemperature = (bar: number): number =>
  bar > 0 ? a + b / (Math.log(bar * barInMegapascal) + c) - zeroCelsius : Number.NaN;

/** Absolute pressure in bar of saturated steam at a temperature in °C: the same equation the other way. */
export const saturationPressure = (celsius: number): number => Math.exp(b / (celsius + zeroCelsius - a) - c) / barInMegapascal;

/** Lethality of moist heat relative to 121.1 °C, z = 10 K (ISO 17665-1, F₀). */
export const lethality = decadeRate({ z: 10, reference: 121.1 });
