import type { GoldenValue } from '@yunfab/core/verticals';
import { readState } from './cfx/states.js';
import { decodeAutomaticStatus, decodeRealTimeStatus } from './escpos/status.js';
import { readProfile } from './reflow/profile.js';
import { reflowWindowSchema } from './reflow/window.js';
import { readSupply } from './supply/printer-mib.js';
import { defectsPerMillion, rolledThroughputYield } from './yield/yield.js';

const told = (level: number, maxCapacity: number, supplyClass = 3) =>
  readSupply({ level, maxCapacity, class: supplyClass, type: supplyClass === 4 ? 4 : 3, unit: 19 }).supply?.told.en ?? null;

/** Values of the trade, each with whose it is. */
export const peripheralsGolden: readonly GoldenValue[] = [
  {
    name: 'rolled throughput yield of .98, .97, .99, .96',
    source: 'peripherals.md, 4',
    expected: 0.9035,
    tolerance: 0.00005,
    actual: () => rolledThroughputYield([0.98, 0.97, 0.99, 0.96]),
  },
  {
    name: '12 defects on 400 boards of 250 places, DPMO',
    source: 'defects ÷ (units × opportunities) × 10⁶',
    expected: 120,
    actual: () => defectsPerMillion({ defects: 12, units: 400, opportunities: 250 }),
  },
  {
    name: 'a supply of −3',
    source: 'RFC 3805 prtMarkerSuppliesLevel; peripherals.md, 2',
    expected: 'OK, no percentage',
    actual: () => told(-3, -2),
  },
  { name: 'a supply of −2', source: 'RFC 3805 prtMarkerSuppliesLevel', expected: 'Unknown', actual: () => told(-2, -2) },
  { name: 'a supply of −1', source: 'RFC 3805 prtMarkerSuppliesLevel', expected: 'Not limited', actual: () => told(-1, -1) },
  {
    name: 'a receptacle with 20 % of its space left',
    source: 'RFC 3805 PrtMarkerSuppliesClassTC receptacleThatIsFilled',
    expected: '80 % full',
    actual: () => told(20, 100, 4),
  },
  {
    name: 'DLE EOT 1/2/4 answered 0x1A/0x32/0x7E',
    source: 'peripherals.md; bits of Epson, Citizen and SNBC command manuals',
    expected: ['offline', 'stopped_by_paper_end', 'paper_near_end', 'paper_end'],
    actual: () => decodeRealTimeStatus({ 1: 0x1a, 2: 0x32, 4: 0x7e }).status?.conditions ?? null,
  },
  {
    name: 'DLE EOT 2 answered 0x16',
    source: 'ESC/POS DLE EOT 2, bit 2',
    expected: ['cover_open'],
    actual: () => decodeRealTimeStatus({ 2: 0x16 }).status?.conditions ?? null,
  },
  {
    name: 'Automatic Status Back 38 00 0C 0F',
    source: 'ESC/POS GS a',
    expected: ['offline', 'cover_open', 'paper_end'],
    actual: () => decodeAutomaticStatus([0x38, 0x00, 0x0c, 0x0f]).status?.conditions ?? null,
  },
  {
    name: 'CFX state NoProductBlocked',
    source: 'IPC-2591 ResourceState; peripherals.md, 4',
    expected: 2201,
    actual: () => readState('NoProductBlocked')?.number ?? null,
  },
  {
    name: 'time above 217 °C of a profile of straight lines',
    source: 'geometry; IPC/JEDEC J-STD-020 tL',
    expected: 50,
    tolerance: 1e-9,
    actual: () =>
      readProfile({ ts: [0, 220_000, 250_000, 270_000], value: [25, 217, 245, 217] }, reflowWindowSchema.parse({}))?.aboveLiquidus ?? null,
  },
];
