import type { EquipmentModel, SignalDefinition } from '@yunfab/core/verticals';
import { sterilizerCommands } from './sterilizer-commands.js';

/** Load probes of a cycle; how many of them a program needs, the program says. */
export const loadProbes = ['load_probe_1', 'load_probe_2', 'load_probe_3', 'load_probe_4', 'load_probe_5'] as const;
/** Everywhere that the sterilization temperature has to be reached. */
export const sterilizedPlaces = ['chamber_temperature', 'drain_temperature', ...loadProbes] as const;

const temperature = (name: string, en: string, zh: string): SignalDefinition => ({
  name,
  kind: 'number',
  unit: 'Cel',
  words: { en, zh },
  range: { low: -10, high: 160 },
  usual: { low: 20, high: 138, source: 'EN 285:2015, bands of 121 °C and 134 °C' },
});

/** A large steam sterilizer (EN 285) with probes in the load, as its record publishes them, once a second. */
export const steamSterilizer: EquipmentModel = {
  id: 'medical-device.steam-sterilizer',
  words: { en: 'Steam sterilizer', zh: '压力蒸汽灭菌器' },
  signals: [
    temperature('chamber_temperature', 'Chamber', '腔体温度'),
    temperature('drain_temperature', 'Drain', '排水口温度'),
    ...loadProbes.map((name, index) => temperature(name, `Load probe ${index + 1}`, `负载探头 ${index + 1}`)),
    {
      name: 'chamber_pressure',
      kind: 'number',
      unit: 'bar',
      words: { en: 'Chamber pressure, absolute', zh: '腔体绝对压力' },
      range: { low: 0, high: 4 },
    },
    {
      name: 'phase',
      kind: 'text',
      unit: '1',
      words: { en: 'Phase', zh: '阶段' },
      values: {
        idle: { en: 'Idle', zh: '空闲' },
        conditioning: { en: 'Conditioning', zh: '预真空' },
        heating: { en: 'Heating', zh: '升温' },
        exposure: { en: 'Exposure', zh: '灭菌' },
        drying: { en: 'Drying', zh: '干燥' },
      },
    },
  ],
  alarms: [
    {
      id: 'overpressure',
      words: { en: 'Chamber pressure too high', zh: '腔体压力过高' },
      signal: 'chamber_pressure',
      when: 'above',
      limit: 3.6,
      delayMs: 2_000,
      severity: 'urgent',
    },
    {
      id: 'overheated',
      words: { en: 'Chamber above every band', zh: '腔体温度超出全部允许范围' },
      signal: 'chamber_temperature',
      when: 'above',
      limit: 138,
      delayMs: 5_000,
      severity: 'high',
      duringRun: true,
    },
  ],
  commands: sterilizerCommands,
};
