import type { EquipmentModel, SignalDefinition } from '@yunfab/core/verticals';
import { stationCommands } from './station-commands.js';

/** Heating zones of the oven. */
export const heatingZones = 10;

const zone = (number: number): SignalDefinition => ({
  name: `zone_${number}_temperature`,
  kind: 'number',
  unit: 'Cel',
  words: { en: `Zone ${number}`, zh: `${number} 温区` },
  range: { low: 0, high: 350 },
});

export const reflowOven: EquipmentModel = {
  id: 'peripherals.reflow-oven',
  words: { en: 'Reflow oven', zh: '回流焊炉' },
  signals: [
    ...Array.from({ length: heatingZones }, (_, index) => zone(index + 1)),
    {
      name: 'board_temperature',
      kind: 'number',
      unit: 'Cel',
      words: { en: 'At the board', zh: '板面温度' },
      range: { low: 0, high: 350 },
    },
    {
      name: 'conveyor_speed',
      kind: 'number',
      unit: 'cm/min',
      words: { en: 'Conveyor', zh: '链速' },
      range: { low: 0, high: 250 },
      usual: { low: 60, high: 110, source: 'typical of ten-zone ovens (check)' },
    },
    {
      name: 'oxygen',
      kind: 'number',
      unit: '[ppm]',
      words: { en: 'Oxygen', zh: '氧含量' },
      range: { low: 0, high: 210_000 },
    },
  ],
  alarms: [
    {
      id: 'peripherals.board_too_hot',
      words: { en: 'Board above 250 °C', zh: '板面温度超过 250 °C' },
      signal: 'board_temperature',
      when: 'above',
      limit: 250,
      deadband: 2,
      severity: 'urgent',
      duringRun: true,
    },
    {
      id: 'peripherals.reflow_zone_cold',
      words: { en: 'Peak zone too cold', zh: '峰值温区过冷' },
      signal: 'zone_9_temperature',
      when: 'below',
      limit: 230,
      deadband: 2,
      delayMs: 30_000,
      severity: 'high',
      duringRun: true,
    },
    {
      id: 'peripherals.conveyor_fast',
      words: { en: 'Conveyor too fast', zh: '链速过快' },
      signal: 'conveyor_speed',
      when: 'above',
      limit: 95,
      deadband: 2,
      delayMs: 10_000,
      severity: 'high',
    },
  ],
  commands: stationCommands,
};
