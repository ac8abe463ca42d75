import type { z } from 'zod';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import { newId, type Scope } from '../../database/index.js';
import { type EquipmentRow, findEquipment, readSignals, type SignalKind } from '../../equipment/index.js';
import type { YunfabError } from '../../errors/index.js';
import { appendEvent } from '../../events/index.js';
import { runRuleErrors } from './errors.js';
import { instants } from './instants.js';
import { endRule, findRule, insertRule, lockLatestRule, type NamedRule, pageOfRules } from './rule-repository.js';
import {
  mostPreviewed,
  type previewRunRuleInput,
  type proposedRunRulesSchema,
  type RunRuleDeclaration,
  type RunRuleView,
  runRuleDeclarationSchema,
  type runRuleListInput,
  type runRulePreviewSchema,
  type setRunRuleInput,
} from './schema.js';
import {
  type Condition,
  endedBySilence,
  type RuleDefinition,
  signalsOf,
  silentAt,
  step,
  underWay,
  untouched,
  type WalkedRun,
} from './walk.js';

/** No equipment has so many. */
const mostInForce = 1_000;
const oldestMs = 400 * 86_400_000;

async function ownEquipment(scope: Scope, id: string): Promise<EquipmentRow> {
  const equipment = await findEquipment(scope, id);
  if (equipment?.organization !== scope.organization) throw requestErrors.not_found({ kind: 'equipment' });
  return equipment;
}

/** Every condition fits the kind of its signal. Throws `run_rules.signal_unknown`, `run_rules.kind_differs`. */
async function checked(scope: Scope, equipment: string, definition: RuleDefinition): Promise<RuleDefinition> {
  const problem = ruleProblem(definition, new Map((await readSignals(scope, equipment)).map(({ signal, kind }) => [signal, kind])));
  if (problem) throw problem;
  return definition;
}

/** What a rule asks of signals that they are not; null when it fits them. */
export function ruleProblem(definition: RuleDefinition, kinds: ReadonlyMap<string, SignalKind>): YunfabError | null {
  const unknown = signalsOf(definition).find((signal) => !kinds.has(signal));
  if (unknown !== undefined) return runRuleErrors.signal_unknown({ signal: unknown, known: [...kinds.keys()].join(', ') || '–' });
  for (const condition of [...definition.opens.conditions, ...definition.closes.conditions]) {
    const kind = kinds.get(condition.signal) ?? 'number';
    if (!fits(condition, kind))
      return runRuleErrors.kind_differs({ signal: condition.signal, kind, is: condition.is, value: JSON.stringify(condition.value) });
  }
  return null;
}

const fits = ({ value }: Condition, kind: string): boolean => (kind === 'text' ? 'string' : kind) === typeof value;

function definitionOf({
  opens,
  closes,
  minimumMs,
  silenceMs,
  program,
}: z.output<typeof previewRunRuleInput> | z.output<typeof setRunRuleInput>): RuleDefinition {
  return { opens, closes, minimumMs, silenceMs, program };
}

/**
 * The rule holds from `since` on; one in force under the same code ends there. A rule of a new code may begin in the past: its runs
 * are then derived from what is stored.
 */
export async function setRunRule(scope: Scope, input: z.output<typeof setRunRuleInput>): Promise<RunRuleView> {
  const equipment = await ownEquipment(scope, input.equipment);
  const definition = await checked(scope, equipment.id, definitionOf(input));
  const asked = input.since === undefined ? null : new Date(input.since);
  if (asked && (asked > scope.now || scope.now.getTime() - asked.getTime() > oldestMs))
    throw runRuleErrors.since_ahead({ since: asked.toISOString() });
  const { code } = input;
  const last = await lockLatestRule(scope, equipment.id, code);
  const held = last && (last.until ?? laterOf(last.since, scope.now));
  const since = asked ?? laterOf(held ?? scope.now, scope.now);
  if (last && held && since < held) throw runRuleErrors.since_too_early({ code, until: held.toISOString(), since: since.toISOString() });
  if (last && last.until === null) await end(scope, last, since);
  const id = newId();
  await insertRule(
    scope,
    { id, equipment_id: equipment.id, code, words_en: input.words.en, words_zh: input.words.zh, definition, since },
    signalsOf(definition),
  );
  await appendEvent(scope, {
    type: 'production.run_rule_set',
    record: equipment.id,
    private: true,
    body: { rule: id, code, since: since.toISOString() },
  });
  return getRunRule(scope, id);
}

/** Another's transaction may have begun later and yet been done before: what follows it does not begin before it did. */
const laterOf = (one: Date, other: Date): Date => (one > other ? one : other);

/** What it made stays; late samples of its time are still looked at. Throws `run_rules.already_retired`. */
export async function retireRunRule(scope: Scope, id: string): Promise<RunRuleView> {
  const { equipment_id, code } = await visibleRule(scope, id);
  await lockLatestRule(scope, equipment_id, code);
  const rule = await visibleRule(scope, id);
  if (rule.until !== null) throw runRuleErrors.already_retired({ code, until: rule.until.toISOString() });
  await end(scope, rule, laterOf(rule.since, scope.now));
  return getRunRule(scope, id);
}

async function end(scope: Scope, { id, code, equipment_id }: Pick<NamedRule, 'id' | 'code' | 'equipment_id'>, until: Date): Promise<void> {
  await endRule(scope, id, until);
  await appendEvent(scope, {
    type: 'production.run_rule_ended',
    record: equipment_id,
    private: true,
    body: { rule: id, code, until: until.toISOString() },
  });
}

export async function getRunRule(scope: Scope, id: string): Promise<RunRuleView> {
  return viewOf(await visibleRule(scope, id));
}

/** What the model of the equipment declares, ready to be set. */
export async function proposedRunRules(
  scope: Scope,
  id: string,
  declared: (model: string) => readonly RunRuleDeclaration[],
): Promise<z.infer<typeof proposedRunRulesSchema>> {
  const equipment = await ownEquipment(scope, id);
  const rules = await pageOfRules(scope, { equipment: id, ended: false, after: null, limit: mostInForce });
  return {
    items: declared(equipment.model).map((declaration) => ({
      ...runRuleDeclarationSchema.parse(declaration),
      inForce: rules.find(({ code }) => code === declaration.code)?.id ?? null,
    })),
  };
}

export async function listRunRules(scope: Scope, { limit, cursor, equipment, ended }: z.output<typeof runRuleListInput>) {
  if (equipment !== undefined) await ownEquipment(scope, equipment);
  const rows = await pageOfRules(scope, { equipment, ended, after: decodeCursor(cursor), limit });
  return page(rows, limit, (row) => ({ key: row.set_at.toISOString(), id: row.id }), viewOf);
}

/** What a rule would make of a past range, as if it held from its beginning; nothing is stored. */
export async function previewRunRule(
  scope: Scope,
  input: z.output<typeof previewRunRuleInput>,
): Promise<z.infer<typeof runRulePreviewSchema>> {
  const equipment = await ownEquipment(scope, input.equipment);
  const rule = await checked(scope, equipment.id, definitionOf(input));
  const [from, to] = [Date.parse(input.from), Date.parse(input.to)];
  if (to <= from) throw runRuleErrors.range_empty({ from: input.from, to: input.to });
  const runs: WalkedRun[] = [];
  let state = untouched;
  let samples = 0;
  for await (const chunk of instants(scope, { equipment: equipment.id, signals: signalsOf(rule), from, to })) {
    for (const instant of chunk) {
      samples += Object.keys(instant.values).length;
      const { state: next, closed } = step(rule, state, instant);
      if (closed) runs.push(closed);
      state = next;
    }
    if (samples > mostPreviewed) throw runRuleErrors.range_too_dense({ from: input.from, to: input.to, most: mostPreviewed });
  }
  const open = silentAt(rule, state, Math.min(to, scope.now.getTime())) ? endedBySilence(rule, state) : underWay(rule, state);
  return { runs: (open ? [...runs, open] : runs).map(viewWalked), samples };
}

const viewWalked = ({ startedAt, endedAt, program, endedBySilence }: WalkedRun) => ({
  startedAt: new Date(startedAt).toISOString(),
  endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  program,
  endedBySilence,
});

async function visibleRule(scope: Scope, id: string): Promise<NamedRule> {
  const rule = await findRule(scope, id);
  if (!rule) throw requestErrors.not_found({ kind: 'run rule' });
  return rule;
}

function viewOf(row: NamedRule): RunRuleView {
  const { opens, closes, minimumMs, silenceMs, program } = row.definition as RuleDefinition;
  return {
    id: row.id,
    equipment: { id: row.equipment_id, code: row.equipment_code, name: row.equipment_name, model: row.equipment_model },
    code: row.code,
    words: { en: row.words_en, zh: row.words_zh },
    opens: { ...opens, conditions: [...opens.conditions] },
    closes: { ...closes, conditions: [...closes.conditions] },
    minimumMs,
    silenceMs,
    program,
    since: row.since.toISOString(),
    until: row.until?.toISOString() ?? null,
    setBy: row.set_by,
    setAt: row.set_at.toISOString(),
  };
}
