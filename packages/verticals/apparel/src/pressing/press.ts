import type { EquipmentModel, EvaluationInput, Finding, RunEvaluation, RunEvaluator } from '@yunfab/core/verticals';
import { pressCommands } from '../commands.js';
import type { ApparelConfig } from '../config.js';
import { finding, longestGap, noSamples, round, sampled, secondsOutside, verdictOf, within } from '../samples.js';

export const garmentPress: EquipmentModel = {
  id: 'apparel.press',
  words: { en: 'Iron and press', zh: '熨烫机' },
  signals: [
    {
      name: 'iron_temperature',
      kind: 'number',
      unit: 'Cel',
      words: { en: 'Sole temperature', zh: '熨烫面温度' },
      range: { low: 0, high: 260 },
      usual: { low: 140, high: 185, source: 'house figure, to be checked by fabric (ISO 3758 care label)' },
    },
    { name: 'steam_pressure', kind: 'number', unit: 'bar', words: { en: 'Steam pressure', zh: '蒸汽压力' }, range: { low: 0, high: 10 } },
    { name: 'pressing', kind: 'boolean', unit: '1', words: { en: 'Closed on the garment', zh: '合模' } },
  ],
  alarms: [
    {
      id: 'apparel.iron_hot',
      words: { en: 'Iron too hot: scorching', zh: '熨烫温度过高：有烫伤风险' },
      signal: 'iron_temperature',
      when: 'above',
      limit: 205,
      deadband: 5,
      delayMs: 5000,
      severity: 'urgent',
    },
    {
      id: 'apparel.steam_low',
      words: { en: 'Steam pressure lost', zh: '蒸汽压力不足' },
      signal: 'steam_pressure',
      when: 'below',
      limit: 2.5,
      deadband: 0.2,
      delayMs: 20_000,
      severity: 'medium',
      duringRun: true,
    },
  ],
  commands: pressCommands,
};

const longestOutside = 10;

/** Judges one pressing: the sole at the temperature of the fabric. */
export const pressingEvaluator: RunEvaluator<ApparelConfig> = {
  id: 'apparel.pressing',
  words: { en: 'Pressing', zh: '整烫评定' },
  equipmentModel: 'apparel.press',
  signals: ['iron_temperature'],
  tailMs: 0,
  evaluate: evaluatePressing,
};

export function evaluatePressing({ run, samples, config }: EvaluationInput<ApparelConfig>): RunEvaluation {
  const window = { from: run.startedAt, to: run.endedAt ?? run.until };
  const temperature = samples['iron_temperature'] ?? noSamples;
  const outside = secondsOutside(temperature, window, config.pressLow, config.pressHigh);
  const values = within(temperature, window);
  const findings: Finding[] = [
    sampled(longestGap(temperature, window)),
    finding(
      'temperature',
      outside <= longestOutside,
      `Sole outside ${config.pressLow}–${config.pressHigh} °C for ${round(outside, 0)} s (allowed ${longestOutside} s)`,
      `熨烫面温度超出 ${config.pressLow}～${config.pressHigh} °C 共 ${round(outside, 0)} 秒（允许 ${longestOutside} 秒）`,
    ),
  ];
  return {
    verdict: verdictOf(findings, run.endedAt !== null),
    values:
      values.length === 0
        ? {}
        : {
            highest: {
              value: round(Math.max(...values), 1),
              unit: 'Cel',
              words: { en: 'Hottest', zh: '最高温度' },
              high: config.pressHigh,
            },
            lowest: { value: round(Math.min(...values), 1), unit: 'Cel', words: { en: 'Coldest', zh: '最低温度' }, low: config.pressLow },
          },
    curves: [],
    findings,
  };
}
