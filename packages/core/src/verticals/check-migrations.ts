import type { Migrations } from '../database/index.js';
import { schemaOf } from './names.js';

/** Statements that reach beyond one schema, and how to do without. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\b(create|alter|drop)\s+(role|user|group)\b/i, 'makes roles; the platform makes yours'],
  [/\bset\s+(local\s+|session\s+)?(role|session\s+authorization)\b/i, 'changes the role; the owner runs migrations'],
  [/\bset\s+(local\s+|session\s+)?row_security\b/i, 'switches row-level security off'],
  [/\b(create|drop)\s+(schema|database|extension|event\s+trigger)\b/i, 'makes or drops more than tables of its own schema'],
  [/\bsecurity\s+definer\b/i, 'defines a function as SECURITY DEFINER, which sees every organization; leave it out'],
  [/\bdisable\s+row\s+level\s+security\b|\bno\s+force\s+row\s+level\s+security\b/i, 'takes row-level security away'],
  [/\bcopy\b[^;]*\bprogram\b/i, 'runs a program'],
];

/** Where a statement changes something: what follows has to stand in the vertical's own schema. */
const changes =
  /\b(?:create\s+(?:unlogged\s+|or\s+replace\s+)?(?:table|view|function|procedure|type|sequence|domain)|alter\s+(?:table|view|function|type|sequence)|drop\s+(?:table|view|function|type|sequence|policy\s+\w+\s+on)|insert\s+into|delete\s+from|truncate(?:\s+table)?|create\s+policy\s+\w+\s+on|comment\s+on\s+(?:table|column))\s+(?:if\s+(?:not\s+)?exists\s+|only\s+)*("?[\w]+"?)(?:\.("?[\w]+"?))?/gi;
const updates = /(?:^|;)\s*(?:with\b[^;]*?\)\s*)?update\s+(?:only\s+)?("?\w+"?)(?:\.("?\w+"?))?/gi;
const indexes = /\bcreate\s+(?:unique\s+)?index\b[^;]*?\bon\s+(?:only\s+)?("?\w+"?)(?:\.("?\w+"?))?/gi;
const triggers = /\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\b[^;]*?\bon\s+("?\w+"?)(?:\.("?\w+"?))?/gi;
const grants = /\b(?:grant|revoke)\b[^;]*?\bon\s+(?:table\s+|schema\s+|all\s+\w+\s+in\s+schema\s+|function\s+)?("?\w+"?)(?:\.("?\w+"?))?/gi;
const references = /\breferences\s+("?\w+"?)(?:\.("?\w+"?))?/gi;

/** Tables of core that a foreign key of a vertical may name. */
const referable = new Set(['core.record', 'core.organization_registry']);

/** One sentence for each thing in a vertical's migrations that would reach outside its schema or past row-level security. */
export function findMigrationProblems(vertical: string, migrations: Migrations): string[] {
  const schema = schemaOf(vertical);
  return Object.entries(migrations).flatMap(([name, migration]) => {
    const say = (problem: string) => `migration "${name}" ${problem}`;
    if (!/^\d{4}-[a-z0-9-]+$/.test(name)) return [say('is not named like "0001-recipes"; four digits keep migrations in order')];
    if (typeof migration?.sql !== 'string')
      return [say('is not written with sqlMigration(`…`); only SQL text can be checked before it runs')];
    return problemsOf(withoutComments(migration.sql), schema).map(say);
  });
}

function problemsOf(sql: string, schema: string): string[] {
  const problems = forbidden.filter(([pattern]) => pattern.test(sql)).map(([, problem]) => problem);
  for (const pattern of [changes, updates, indexes, triggers, grants]) {
    for (const { 0: statement, 1: first = '', 2: second } of sql.matchAll(pattern)) {
      const act = statement.trim().replace(/\s+/g, ' ').split(' ').slice(0, 2).join(' ').toLowerCase();
      const target = second ? `${plain(first)}.${plain(second)}` : plain(first);
      if (second === undefined && plain(first) === schema) continue;
      if (second === undefined) problems.push(`says "${act} … ${target}" without a schema; write ${schema}.${target}`);
      else if (plain(first) !== schema) problems.push(`touches ${target}; a vertical changes only its own schema ${schema}`);
    }
  }
  for (const { 1: first = '', 2: second } of sql.matchAll(references)) {
    const target = second ? `${plain(first)}.${plain(second)}` : plain(first);
    if (!referable.has(target) && plain(first) !== schema)
      problems.push(`references ${target}; reference ${schema} or one of ${[...referable].join(', ')}`);
  }
  for (const { 1: table = '' } of sql.matchAll(
    new RegExp(`\\bcreate\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?${schema}\\.(\\w+)(?!\\s+partition\\s+of)`, 'gi'),
  )) {
    for (const force of ['enable', 'force']) {
      const forced = new RegExp(`alter\\s+table\\s+(only\\s+)?${schema}\\.${table}\\s[^;]*\\b${force}\\s+row\\s+level\\s+security`, 'i');
      if (!forced.test(sql))
        problems.push(`does not ${force} row-level security on ${schema}.${table}; add \${verticalTable('…', '${table}')} after it`);
    }
  }
  return [...new Set(problems)];
}

const plain = (identifier: string): string => identifier.replaceAll('"', '');

function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*/g, ' ').replace(/\/\*[\s\S]*?\*\//g, ' ');
}
