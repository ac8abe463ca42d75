import type { EvaluatedRun, GateFinding, ReleaseGate } from '@yunfab/core/verticals';
import type { PeripheralsConfig } from '../config.js';
import type { BoundPart, PeripheralsTables } from '../tables.js';

/** What stands behind one unit. */
export interface UnitProof {
  /** A printer, or a board that was put into one. */
  readonly unit: string;
  readonly required: readonly string[];
  readonly bound: readonly string[];
  /** Serialised parts of it that have to be proven in their turn. */
  readonly boards: readonly string[];
  readonly runs: readonly { readonly id: string; readonly key: string; readonly verdict: string | null }[];
}

export interface UnitFacts {
  readonly proofs: readonly UnitProof[];
  /** Unit → newest version. */
  readonly firmware: Readonly<Record<string, string>>;
  /** Unit → whether its newest test passed. */
  readonly tests: Readonly<Record<string, boolean>>;
}

/**
 * A lot of printers is released when each of them is known part by part, each board in it went through a passed reflow run,
 * the firmware is recorded (and is the one that was ordered), and its newest final test passed.
 */
export const unitGate: ReleaseGate<PeripheralsConfig> = {
  id: 'peripherals.units_proven',
  words: { en: 'Every unit is known part by part, soldered, flashed and tested', zh: '每台整机的部件、焊接、固件与测试均有记录' },
  async facts({ db, units, evaluatedRun }) {
    const tables = db.withTables<PeripheralsTables>();
    const ids = units.map(({ id }) => id);
    if (ids.length === 0) return { proofs: [], firmware: {}, tests: {} };
    const proofs: UnitProof[] = [];
    const runs = new Map<string, EvaluatedRun>();
    let asked = ids;
    // A printer, its boards, their boards: structures are shallow, and each level is asked once.
    for (let level = 0; level < 5 && asked.length > 0; level++) {
      const rows = await tables.selectFrom('assembly').selectAll().where('unit', 'in', asked).execute();
      const found = asked.map((unit) => rows.filter((row) => row.unit === unit));
      for (const [index, unit] of asked.entries()) {
        const own = found[index] ?? [];
        for (const { run } of own) if (run !== null && !runs.has(run)) runs.set(run, await evaluatedRun(run));
        const bound = own.flatMap((row) => row.bound as BoundPart[]);
        proofs.push({
          unit,
          required: [...new Set(own.flatMap(({ required }) => required as string[]))],
          bound: bound.map(({ designator }) => designator),
          boards: bound.map(({ material }) => material),
          runs: own.flatMap(({ run }) => {
            const evaluated = run === null ? undefined : runs.get(run);
            return evaluated ? [{ id: evaluated.id, key: evaluated.run.key, verdict: evaluated.evaluation?.verdict ?? null }] : [];
          }),
        });
      }
      const materials = [...new Set(rows.flatMap((row) => (row.bound as BoundPart[]).map(({ material }) => material)))];
      const known = new Set(proofs.map(({ unit }) => unit));
      const further = materials.filter((material) => !known.has(material));
      asked =
        further.length === 0
          ? []
          : (await tables.selectFrom('assembly').select('unit').distinct().where('unit', 'in', further).execute()).map(({ unit }) => unit);
    }
    const firmware = await tables
      .selectFrom('firmware')
      .select(['unit', 'version'])
      .where('unit', 'in', ids)
      .orderBy('recorded_at')
      .orderBy('id')
      .execute();
    const tests = await tables
      .selectFrom('unit_test')
      .select(['unit', 'passed'])
      .where('unit', 'in', ids)
      .orderBy('tested_at')
      .orderBy('id')
      .execute();
    return {
      proofs,
      firmware: Object.fromEntries(firmware.map(({ unit, version }) => [unit, version])),
      tests: Object.fromEntries(tests.map(({ unit, passed }) => [unit, passed])),
    };
  },
  check({ lot, units, runs: lotRuns, specification, facts }) {
    if (specification?.schema !== 'peripherals/printer@1') return null;
    const { proofs, firmware, tests } = facts as unknown as UnitFacts;
    const ordered = orderedFirmware(specification.value);
    const byUnit = new Map(proofs.map((proof) => [proof.unit, proof]));
    const missing: { readonly en: string; readonly zh: string }[] = [];
    const evidence: { kind: string; id: string }[] = [];
    if (units.length < Number(lot.quantity))
      missing.push({
        en: `${Number(lot.quantity) - units.length} of ${lot.quantity} pieces have no serial number`,
        zh: `${lot.quantity} 件中有 ${Number(lot.quantity) - units.length} 件没有序列号`,
      });
    for (const run of lotRuns)
      if (run.equipmentModel === 'peripherals.reflow-oven' && run.evaluation?.verdict !== 'pass') {
        missing.push({ en: `reflow run ${run.key} did not pass`, zh: `回流过程 ${run.key} 未合格` });
        evidence.push({ kind: 'process_run', id: run.id });
      }
    for (const { id, serial } of units) {
      for (const each of lacksOf(id, byUnit)) missing.push({ en: `${serial}: ${each.en}`, zh: `${serial}：${each.zh}` });
      const version = firmware[id];
      if (version === undefined) missing.push({ en: `${serial}: no firmware recorded`, zh: `${serial}：未记录固件` });
      else if (ordered !== null && version !== ordered)
        missing.push({ en: `${serial}: firmware ${version}, ordered ${ordered}`, zh: `${serial}：固件 ${version}，订单要求 ${ordered}` });
      if (tests[id] === undefined) missing.push({ en: `${serial}: not tested`, zh: `${serial}：未终检` });
      else if (!tests[id]) missing.push({ en: `${serial}: failed its newest test`, zh: `${serial}：最近一次终检不合格` });
    }
    if (missing.length > 0) return answer(false, missing, evidence);
    const runs = [...new Map(proofs.flatMap((proof) => proof.runs).map((run) => [run.id, run])).values()];
    return {
      holds: true,
      words: {
        en: `${units.length} units known part by part, ${runs.length} reflow passes, firmware and tests recorded`,
        zh: `${units.length} 台整机部件齐全，回流 ${runs.length} 次合格，固件与终检均有记录`,
      },
      evidence: runs.map(({ id }) => ({ kind: 'process_run', id })),
    };
  },
};

/** What is missing of a unit and of the boards in it; a soldered board is one whose assembly names a reflow run, and some board has to. */
function lacksOf(unit: string, proofs: ReadonlyMap<string, UnitProof>): { en: string; zh: string }[] {
  const own = proofs.get(unit);
  if (!own || own.required.length === 0) return [{ en: 'no parts recorded', zh: '未记录任何部件' }];
  const lacks: { en: string; zh: string }[] = [];
  let soldered = 0;
  for (const proof of [own, ...descendants(own, proofs)]) {
    const open = proof.required.filter((designator) => !proof.bound.includes(designator));
    if (open.length > 0) {
      const named = `${open.slice(0, 5).join(', ')}${open.length > 5 ? ` (+${open.length - 5})` : ''}`;
      lacks.push({ en: `nothing bound to ${named}`, zh: `位号 ${named} 未绑定物料` });
    }
    soldered += proof.runs.length;
    for (const run of proof.runs)
      if (run.verdict !== 'pass')
        lacks.push({ en: `reflow run ${run.key}: ${run.verdict ?? 'not judged'}`, zh: `回流过程 ${run.key}：${run.verdict ?? '未评定'}` });
  }
  if (soldered === 0) lacks.push({ en: 'no reflow run recorded', zh: '未记录回流过程' });
  return lacks;
}

function descendants(proof: UnitProof, proofs: ReadonlyMap<string, UnitProof>): UnitProof[] {
  return proof.boards.flatMap((board) => {
    const found = proofs.get(board);
    return found ? [found, ...descendants(found, proofs)] : [];
  });
}

function orderedFirmware(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'firmware' in value && typeof value.firmware === 'string' ? value.firmware : null;
}

function answer(holds: boolean, sentences: readonly { en: string; zh: string }[], evidence: GateFinding['evidence']): GateFinding {
  const shown = sentences.slice(0, 4);
  const more = sentences.length - shown.length;
  return {
    holds,
    words: {
      en: shown.map(({ en }) => en).join('; ') + (more > 0 ? `; and ${more} more` : ''),
      zh: shown.map(({ zh }) => zh).join('；') + (more > 0 ? `；另有 ${more} 项` : ''),
    },
    evidence,
  };
}
