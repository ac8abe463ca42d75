import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { applicationIdentifierAt, applicationIdentifiers, type Component } from './application-identifiers.js';

const dictionary = fileURLToPath(new URL('../../../../../shared/standards/gs1/gs1-syntax-dictionary.txt', import.meta.url));
const withDictionary = existsSync(dictionary);
if (!withDictionary) console.warn(`GS1's syntax dictionary is not here (${dictionary}): the table of AIs was not compared with it.`);

interface Entry {
  readonly predefined: boolean;
  readonly attribute: boolean;
  readonly format: string;
  readonly key: string | null;
}

/** AI → what GS1 says of it. */
function readDictionary(): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const line of readFileSync(dictionary, 'utf8').split('\n')) {
    const [, first = '', last = first, flags = '', rest = ''] = /^(\d+)(?:-(\d+))?\s+([*?]*)\s+([^#]*)/.exec(line) ?? [];
    if (first === '') continue;
    const words = rest.trim().split(/\s+/);
    const format = words.filter((word) => !/^(req|ex)=|^dlpkey/.test(word)).join(' ');
    const key = words.find((word) => word.startsWith('dlpkey'))?.replace(/^dlpkey=?/, '') ?? null;
    for (let ai = Number(first); ai <= Number(last || first); ai++)
      entries.set(String(ai).padStart(first.length, '0'), { predefined: flags.includes('*'), attribute: flags.includes('?'), format, key });
  }
  return entries;
}

const written = ({ set, shortest, longest, optional, tests }: Component): string => {
  const shape = `${set}${shortest === longest ? '' : '..'}${longest}`;
  return [optional ? `[${shape}]` : shape, ...tests].join(',');
};

describe.skipIf(!withDictionary)('the table of Application Identifiers', () => {
  it("holds exactly those of GS1's Barcode Syntax Dictionary 2026-01, as they are defined there", () => {
    const theirs = readDictionary();
    const ours = new Map(
      applicationIdentifiers.map(({ ai, predefinedLength, attribute, components, qualifiers }): [string, Entry] => [
        ai,
        {
          predefined: predefinedLength,
          attribute,
          format: components.map(written).join(' '),
          key: qualifiers && qualifiers.map((way) => way.join(',')).join('|'),
        },
      ]),
    );
    expect(ours.size).toBeGreaterThan(500);
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
    for (const [ai, entry] of theirs) expect([ai, ours.get(ai)]).toEqual([ai, entry]);
  });
});

it('finds the AI that a text begins with, and none where there is none', () => {
  expect(applicationIdentifierAt('0106901234567892')?.ai).toBe('01');
  expect(applicationIdentifierAt('3103001500')?.ai).toBe('3103');
  expect(applicationIdentifierAt('25312345')?.ai).toBe('253');
  expect(applicationIdentifierAt('0501')).toBeUndefined();
  for (const { ai } of applicationIdentifiers) expect(applicationIdentifierAt(`${ai}0000`)?.ai).toBe(ai);
});
