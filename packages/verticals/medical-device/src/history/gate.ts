import type { GateInput, ReleaseGate } from '@yunfab/core/verticals';
import type { MedicalDeviceConfig } from '../config.js';
import { steamSterilizer } from '../sterilization/sterilizer.js';
import type { MedicalDeviceTables } from '../tables.js';

/** What the gate reads of the vertical's own tables. */
interface Facts {
  readonly label: { readonly id: string; readonly printed: string } | null;
  /** The newest. */
  readonly inspection: { readonly activity: string; readonly sampled: number; readonly defects: number; readonly accepted: number } | null;
}

interface Entry {
  readonly missing: { readonly en: string; readonly zh: string } | null;
  readonly evidence: readonly { readonly kind: string; readonly id: string }[];
}

/** The device history record (21 CFR 820.184; ISO 13485 7.5.1): nobody sets it complete, it is complete when nothing is missing. */
export const historyGate: ReleaseGate<MedicalDeviceConfig> = {
  id: 'medical-device.history',
  words: { en: 'Device history record complete', zh: '器械历史记录完整' },
  async facts({ db, lot }) {
    const tables = db.withTables<MedicalDeviceTables>();
    const label = await tables.selectFrom('udi_label').select(['id', 'printed']).where('lot_id', '=', lot.id).executeTakeFirst();
    const inspection = await tables
      .selectFrom('inspection')
      .select(['activity', 'sampled', 'defects', 'accepted_defects as accepted'])
      .where('lot_id', '=', lot.id)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return { label: label ?? null, inspection: inspection ?? null };
  },
  check(input) {
    if (!input.specification?.schema.startsWith('medical-device/')) return null;
    const { label, inspection } = input.facts as unknown as Facts;
    const entries = [cyclesOf(input), labelOf(label, input), materialsOf(input), inspectionOf(inspection)];
    const missing = entries.flatMap((entry) => entry.missing ?? []);
    const evidence = entries.flatMap((entry) => entry.evidence);
    if (missing.length === 0) {
      return { holds: true, evidence, words: { en: `Complete: ${label?.printed}`, zh: `完整：${label?.printed}` } };
    }
    return {
      holds: false,
      evidence,
      words: {
        en: `Missing: ${missing.map(({ en }) => en).join('; ')}`,
        zh: `缺少：${missing.map(({ zh }) => zh).join('；')}`,
      },
    };
  },
};

function cyclesOf({ runs, specification }: GateInput<MedicalDeviceConfig>): Entry {
  const { sterile } = (specification?.value ?? {}) as { sterile?: unknown };
  if (sterile !== true) return { missing: null, evidence: [] };
  const cycles = runs.filter(({ equipmentModel }) => equipmentModel === steamSterilizer.id);
  const passed = cycles.filter(({ evaluation }) => evaluation?.verdict === 'pass');
  const evidence = passed.map(({ id }) => ({ kind: 'process_run', id }));
  if (cycles.length === 0) return { missing: { en: 'a sterilization cycle', zh: '灭菌周期' }, evidence };
  if (passed.length === cycles.length) return { missing: null, evidence };
  const open = cycles.length - passed.length;
  return {
    missing: { en: `a pass of ${open} of ${cycles.length} sterilization cycles`, zh: `${cycles.length} 个灭菌周期中 ${open} 个的合格结论` },
    evidence,
  };
}

function labelOf(label: Facts['label'], { lot }: GateInput<MedicalDeviceConfig>): Entry {
  return label
    ? { missing: null, evidence: [{ kind: 'lot', id: lot.id }] }
    : { missing: { en: 'the UDI of the lot', zh: '批次的 UDI' }, evidence: [] };
}

function materialsOf({ materials }: GateInput<MedicalDeviceConfig>): Entry {
  return materials.length > 0
    ? { missing: null, evidence: materials.flatMap(({ id, kind }) => (id === null ? [] : [{ kind: kind ?? 'lot', id }])) }
    : { missing: { en: 'material lots issued into it', zh: '投入的物料批次' }, evidence: [] };
}

function inspectionOf(inspection: Facts['inspection']): Entry {
  if (!inspection) return { missing: { en: 'an inspection', zh: '检验记录' }, evidence: [] };
  const evidence = [{ kind: 'activity', id: inspection.activity }];
  const { sampled, defects, accepted } = inspection;
  if (defects <= accepted) return { missing: null, evidence };
  return {
    missing: {
      en: `a passed inspection (${defects} defects in ${sampled}, ${accepted} accepted)`,
      zh: `合格的检验（抽检 ${sampled} 件，不合格 ${defects} 件，允许 ${accepted} 件）`,
    },
    evidence,
  };
}
