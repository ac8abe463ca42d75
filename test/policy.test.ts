import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { apparel } from '@yunfab/vertical-apparel';
import { fishingGear } from '@yunfab/vertical-fishing-gear';
import { medicalDevice } from '@yunfab/vertical-medical-device';
import { peripherals } from '@yunfab/vertical-peripherals';
import { tire } from '@yunfab/vertical-tire';
import { beforeAll, describe, expect, it } from 'vitest';

/** docs/policy.md against the policy's own text, and against what is there to be seen. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const policy = join(root, '../shared/policy/weihai-2015-15.txt');
const withPolicy = existsSync(policy);
if (!withPolicy) console.warn(`The policy is not here (${policy}): whether docs/policy.md quotes it rightly was not asked.`);

interface Row {
  readonly phrase: string;
  readonly delivered: string;
  readonly seen: readonly string[];
  readonly state: string;
}

/** `### 1. …` → its rows. */
function readSections(): ReadonlyMap<string, readonly Row[]> {
  const sections = new Map<string, Row[]>();
  let rows: Row[] = [];
  for (const line of readFileSync(join(root, 'docs/policy.md'), 'utf8').split('\n')) {
    const [, number] = /^### (\d)\. /.exec(line) ?? [];
    if (number) sections.set(number, (rows = []));
    const [phrase = '', delivered = '', seen = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (!phrase.startsWith('「')) continue;
    const state = seen.startsWith('not yet') ? 'not yet' : 'there';
    rows.push({ phrase: phrase.slice(1, -1), delivered, seen: [...seen.matchAll(/`([^`]+)`/g)].map(([, each = '']) => each), state });
  }
  return sections;
}

/** What the clause asks of one industry, in its smallest phrases; who is responsible for it is no promise of ours. */
function phrasesOf(clause: string, number: string): string[] {
  const paragraph = clause.split('\n').find((line) => line.startsWith(`${number}.`)) ?? '';
  return paragraph
    .slice(2)
    .replace(/\(责任单位[^)]*\)/, '')
    .split(/[，、。,;；]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}

const sections = readSections();
const rows = [...sections.values()].flat();

describe.skipIf(!withPolicy)('clause 2(六)', () => {
  let clause = '';
  beforeAll(() => {
    const text = readFileSync(policy, 'utf8');
    clause = text.slice(text.indexOf('(六)打造工业云制造平台'), text.indexOf('(七)'));
  });

  it('is quoted as it stands', () => {
    expect([...sections.keys()]).toEqual(['1', '2', '3', '4', '5']);
    for (const { phrase } of rows) expect(clause).toContain(phrase);
  });

  it('is answered phrase by phrase, none left out', () => {
    const unanswered = [...sections].flatMap(([number, answers]) =>
      phrasesOf(clause, number).filter((phrase) => !answers.some((row) => row.phrase.includes(phrase) || phrase.includes(row.phrase))),
    );
    expect(unanswered).toEqual([]);
  });
});

describe('what docs/policy.md points to', () => {
  const seen = [...new Set(rows.flatMap((row) => row.seen))];
  const industries = [apparel, fishingGear, medicalDevice, peripherals, tire];
  const pages = industries.flatMap(({ id, pages: own = [] }) => own.map((page) => `/v/${id}/${page.id.slice(id.length + 1)}`));
  const routes = [
    ...readFileSync(join(root, 'packages/console/src/app/organization-space.tsx'), 'utf8').matchAll(/<Route path="([^"]+)"/g),
  ].map(([, path = '']) => path);

  it('says of every phrase how it is delivered, and where to see it or that it is not yet', () => {
    for (const { phrase, delivered, seen: places, state } of rows) {
      expect([phrase, delivered.length > 10]).toEqual([phrase, true]);
      expect([phrase, state === 'not yet' || places.length > 0]).toEqual([phrase, true]);
    }
  });

  it('are pages that are there', () => {
    const shown = seen.filter((place) => place.startsWith('/'));
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((place) => !pages.includes(place) && !routes.includes(place))).toEqual([]);
  });

  it('are commands that are there', async () => {
    const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;
    for (const place of seen.filter((each) => !each.startsWith('/'))) {
      const [program, name = '', ...rest] = place.split(' ');
      if (program === 'npm') expect(Object.keys(scripts)).toContain(name);
      else if (program === 'pnpm') expect([place, existsSync(join(root, `benchmarks/${rest[0]}.ts`))]).toEqual([place, true]);
      else if (program === 'yunfab') {
        const words = [name, ...rest].filter((word) => /^[a-z]+$/.test(word)).slice(0, 2);
        const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'packages/server/bin/yunfab.js'), ...words, '--help']);
        expect(stdout).toContain(`Usage: yunfab ${words.join(' ')}`);
      } else expect([place, existsSync(join(root, place))]).toEqual([place, true]);
    }
  });
});
