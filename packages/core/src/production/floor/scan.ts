import type { Words } from '../../access/index.js';
import type { Scope } from '../../database/index.js';
import type { ProgressSink } from '../jobs/progress.js';
import { findBadge } from './badges.js';
import { dispatchList, dispatchOf } from './dispatch.js';
import { findEquipmentByCode, findJobByCode, findLotByCode, jobOfLot, operationAtPosition } from './dispatch-repository.js';
import { floorErrors } from './errors.js';
import type { ScanView, scanKinds } from './schema.js';

type ScanKind = (typeof scanKinds)[number];

const kindWords: Readonly<Record<ScanKind, Words>> = {
  operation: { en: 'Operation', zh: '工序' },
  job: { en: 'Job order', zh: '工单' },
  lot: { en: 'Lot', zh: '批次' },
  badge: { en: 'Badge', zh: '工牌' },
  equipment: { en: 'Equipment', zh: '设备' },
};

type Found = Pick<ScanView, 'kind' | 'id' | 'code' | 'name' | 'operations'>;
type Look = (scope: Scope, progress: ProgressSink, code: string) => Promise<Found | null>;

/** What a scanned code stands for in one's own organization, by the first of these that knows it. Throws `floor.code_unknown`. */
export async function scanCode(scope: Scope, progress: ProgressSink, code: string): Promise<ScanView> {
  for (const look of [operation, job, badge, lot, equipment]) {
    const found = await look(scope, progress, code);
    if (found) return { ...found, kindWords: kindWords[found.kind] };
  }
  throw floorErrors.code_unknown({ code });
}

const operation: Look = async (scope, progress, code) => {
  const [, jobCode, position] = /^(.+)\/(\d{1,5})$/.exec(code) ?? [];
  const of = jobCode === undefined ? undefined : await findJobByCode(scope, jobCode);
  const id = of && (await operationAtPosition(scope, of.id, Number(position)));
  return of && id ? { kind: 'operation', id, code, name: of.description, operations: await dispatchOf(scope, progress, of.id, id) } : null;
};

const job: Look = async (scope, progress, code) => {
  const found = await findJobByCode(scope, code);
  return (
    (found && { kind: 'job', id: found.id, code, name: found.description, operations: await dispatchOf(scope, progress, found.id) }) ?? null
  );
};

const badge: Look = async (scope, _progress, code) => {
  const found = await findBadge(scope, code);
  return found ? { kind: 'badge', id: found.id, code, name: found.name, operations: [] } : null;
};

const lot: Look = async (scope, progress, code) => {
  const found = await findLotByCode(scope, code);
  if (!found) return null;
  const of = await jobOfLot(scope, found.id);
  return { kind: 'lot', id: found.id, code, name: null, operations: of ? await dispatchOf(scope, progress, of) : [] };
};

const equipment: Look = async (scope, progress, code) => {
  const found = await findEquipmentByCode(scope, code);
  if (!found) return null;
  const { items } = await dispatchList(scope, progress, { limit: 20, equipment: found.id });
  return { kind: 'equipment', id: found.id, code, name: found.name, operations: items };
};
