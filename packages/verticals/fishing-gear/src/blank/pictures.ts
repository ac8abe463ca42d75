import type { Chart, Drawing } from '@yunfab/core/verticals';
import type { BentBeam, PreparedBeam } from '../bend/elastica.js';
import { bendUnder } from '../bend/fit.js';
import type { Blank } from './section.js';

/** The blank at rest and under its load, to scale: clamp at the left, mm. */
export function drawBent(rest: BentBeam, bent: BentBeam, { length }: PreparedBeam): Drawing {
  const millimetres = (beam: BentBeam): [number, number][] =>
    Array.from(beam.s, (_, i) => [round(1000 * (beam.x[i] as number), 1), round(1000 * (beam.y[i] as number), 1)]);
  const size = 1000 * length;
  const tip = millimetres(bent).at(-1) ?? [0, 0];
  const level = round(1000 * rest.drop + size / 3, 1);
  const weight = size / 60;
  return {
    unit: 'mm',
    box: { x: -0.06 * size, y: -0.08 * size, width: 1.14 * size, height: Math.max(tip[1], level) + 0.2 * size },
    shapes: [
      {
        kind: 'polyline',
        points: [
          [-0.05 * size, 0],
          [0, 0],
        ],
        stroke: 'ink',
        words: { en: 'Clamp', zh: '夹持' },
      },
      {
        kind: 'polyline',
        points: [
          [0, level],
          [size, level],
        ],
        stroke: 'muted',
        dashed: true,
        words: { en: 'A third of the length down', zh: '三分之一长度' },
      },
      {
        kind: 'polyline',
        points: millimetres(rest),
        stroke: 'muted',
        words: { en: 'At rest, under its own weight', zh: '静止（仅自重）' },
      },
      { kind: 'polyline', points: millimetres(bent), stroke: 'series-1', words: { en: 'Under the load', zh: '加载后' } },
      {
        kind: 'polyline',
        points: [
          [tip[0] - weight, tip[1] + 3 * weight],
          [tip[0] + weight, tip[1] + 3 * weight],
          [tip[0] + weight, tip[1] + 5 * weight],
          [tip[0] - weight, tip[1] + 5 * weight],
        ],
        closed: true,
        fill: 'series-2',
        words: { en: 'Load', zh: '载荷' },
      },
      { kind: 'polyline', points: [tip, [tip[0], tip[1] + 3 * weight]], stroke: 'ink' },
      {
        kind: 'text',
        at: [tip[0] + 1.5 * weight, tip[1] + 4.5 * weight],
        text: `${round((bent.load / 9.80665) * 1000, 1)} g`,
        size: 1.6 * weight,
      },
      { kind: 'text', at: [tip[0] + 1.5 * weight, tip[1]], text: `${round(bent.tipAngle, 1)}°`, size: 1.6 * weight, tone: 'series-1' },
    ],
  };
}

/** EI along the blank, logarithms left to the reader: N·m² over mm from the butt. */
export function chartStiffness(blank: Blank): Chart {
  const places = Array.from({ length: 101 }, (_, i) => (blank.length * i) / 100);
  return {
    x: { words: { en: 'From the butt', zh: '距竿根' }, unit: 'mm', kind: 'value' },
    y: { words: { en: 'Bending stiffness EI', zh: '抗弯刚度 EI' }, unit: 'N.m2' },
    series: [
      {
        words: { en: 'EI by the lay-up', zh: '铺层抗弯刚度' },
        style: 'line',
        points: places.map((place) => [round(place, 0), round(blank.at(place).stiffness, 4)]),
      },
    ],
    bands: [{ axis: 'x', low: 0, high: blank.clamped, words: { en: 'Clamped', zh: '夹持段' }, tone: 'muted' }],
  };
}

/** Deflection over load up to a half more than what brings the tip down by a third. */
export function chartBend(beam: PreparedBeam, load: number): Chart {
  const loads = Array.from({ length: 25 }, (_, i) => (1.5 * load * i) / 24);
  const points = bendUnder(beam, loads);
  return {
    x: { words: { en: 'Load', zh: '载荷' }, unit: 'g', kind: 'value' },
    y: { words: { en: 'Deflection of the tip', zh: '竿尖挠度' }, unit: 'mm' },
    series: [
      {
        words: { en: 'By the lay-up', zh: '铺层模型' },
        style: 'line',
        points: points.map(({ load: force, drop }) => [round((force / 9.80665) * 1000, 1), round(1000 * drop, 1)]),
      },
    ],
    bands: [
      {
        axis: 'y',
        low: round((1000 * beam.length) / 3, 1),
        high: round((1000 * beam.length) / 3 + 4, 1),
        words: { en: 'A third of the length', zh: '三分之一长度' },
        tone: 'accent',
      },
    ],
  };
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
