import { randomUUID } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

/** The floor of the party: a badge, a reason and the open operation of its job order, which nobody else may move, scan or count at. */
export async function createSharedFloor({
  invoke,
  job,
  orderLine,
  equipment,
  run,
  mark,
}: Pick<SharedWorldPorts, 'invoke'> & {
  readonly job: string;
  readonly orderLine: string;
  readonly equipment: string;
  readonly run: string;
  readonly mark: string;
}): Promise<{ readonly secrets: readonly string[]; readonly probes: VisibilityMatrix['probes'] }> {
  const pin = '2580';
  const { id: badge } = await invoke<{ id: string }>('party', 'production.floor.badges.create', {
    name: `Person ${mark}`,
    pin,
    code: 'BPARTYHUSH',
  });
  await invoke('party', 'production.floor.reasons.add', { code: 'HUSHHUSH', words: { en: `Why ${mark}`, zh: `因 ${mark}` } });
  const own = { name: 'Somebody', pin, code: 'BOWNBADGE' };
  await invoke('unrelated', 'production.floor.badges.create', own);
  const detail = await invoke<{ operations: readonly { readonly id: string }[]; code: string }>('party', 'production.jobs.get', { job });
  const operation = detail.operations[0]?.id ?? '';
  const at = (more: object = {}) => ({ input: { operation, badge: 'BOWNBADGE', pin, ...more }, ids: [operation], strangersOnly: true });
  const heat = {
    opens: { conditions: [{ signal: 'temperature', is: 'above', value: 100 }], forMs: 5_000 },
    closes: { conditions: [{ signal: 'temperature', is: 'below', value: 50 }] },
  };
  const named = { code: 'heat', words: { en: `Rule ${mark}`, zh: `规则 ${mark}` } };
  const { id: rule } = await invoke<{ id: string }>('party', 'production.runRules.set', { equipment, ...named, ...heat });
  const { id: golden } = await invoke<{ id: string }>('party', 'production.goldenRuns.declare', { run, note: `Golden ${mark}` });
  const year = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
  // As long as the hidden one, as the length of an answer must not tell either.
  const absent = (code: string) => () =>
    `B${randomUUID().replaceAll('-', '').toUpperCase()}${'0'.repeat(code.length)}`.slice(0, code.length);
  const byCode = (code: string) => ({ input: { code }, ids: [code], absent: absent(code) });
  return {
    secrets: [operation, badge, rule, golden, 'BPARTYHUSH', 'HUSHHUSH'],
    probes: {
      'production.floor.identify': { input: { badge: 'BPARTYHUSH', pin }, ids: ['BPARTYHUSH'], absent: absent('BPARTYHUSH') },
      'production.floor.badges.list': { input: {} },
      'production.floor.badges.setPin': { input: { badge, pin: '135790' }, ids: [badge] },
      'production.floor.badges.revoke': { input: { badge }, ids: [badge] },
      'production.floor.start': at(),
      'production.floor.pause': at({ reason: 'break' }),
      'production.floor.resume': at(),
      'production.floor.finish': at(),
      'production.floor.count': at({ good: '1' }),
      'production.floor.prioritise': { input: { operation, priority: 50 }, ids: [operation] },
      'production.floor.dispatch': { input: {} },
      'production.floor.dispatch (of a machine of another)': { input: { equipment }, ids: [equipment] },
      'production.floor.centers': { input: {} },
      'production.floor.scan': byCode(detail.code),
      'production.floor.outlook': { input: { orderLine }, ids: [orderLine] },
      'production.floor.losses': { input: { from: '2000-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' } },
      'production.floor.losses (of a machine of another)': {
        input: { from: '2000-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z', equipment },
        ids: [equipment],
        strangersOnly: true,
      },
      'production.floor.reasons.list': { input: {} },
      'production.floor.reasons.retire': byCode('HUSHHUSH'),
      'production.runRules.set': { input: { equipment, ...named, ...heat }, ids: [equipment], strangersOnly: true },
      'production.runRules.list': { input: {} },
      'production.runRules.list (of a machine of another)': { input: { equipment }, ids: [equipment], strangersOnly: true },
      'production.runRules.proposed': { input: { equipment }, ids: [equipment], strangersOnly: true },
      'production.runRules.get': { input: { rule }, ids: [rule] },
      'production.runRules.preview': { input: { equipment, ...heat, ...year }, ids: [equipment], strangersOnly: true },
      'production.goldenRuns.declare': { input: { run }, ids: [run] },
      'production.goldenRuns.list': { input: { retired: true } },
      'production.goldenRuns.get': { input: { golden }, ids: [golden] },
      'production.goldenRuns.retire': { input: { golden }, ids: [golden] },
      'production.runs.compare': { input: { run }, ids: [run] },
      'production.runRules.retire': { input: { rule }, ids: [rule] },
    },
  };
}

/** Procedures of the floor that no probe fits. */
export const floorExempt = {
  'production.floor.leave': 'ends a token that only its holder knows; an unknown one is answered alike',
  'production.floor.reasons.add': 'makes something of the caller’s own',
  'production.floor.badges.create': 'makes something of the caller’s own',
} as const;
