import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { units } from '@yunfab/core/measure';
import { describe, expect, it } from 'vitest';
import { eachArea, en, zh } from './areas/index.js';
import { tradeUnits } from './units.js';

const placeholders = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([placeholder]) => placeholder).sort();
const source = join(dirname(fileURLToPath(import.meta.url)), '..');
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/(\.test|words\/areas\/.*)\.tsx?$/.test(`/${name}`))
  .map((name) => readFileSync(join(source, name), 'utf8'))
  .join('\n');

describe('the words of the console', () => {
  it('are complete in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [name, sentence] of Object.entries({ ...en })) expect([name, sentence.trim() === '']).toEqual([name, false]);
    for (const [name, sentence] of Object.entries(zh)) expect([name, sentence.trim() === '']).toEqual([name, false]);
  });

  it('have each name once', () => {
    const names = eachArea.flatMap((area) => Object.keys(area));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(Object.keys(en).sort()).toEqual(names.sort());
  });

  it('fill the same places in both languages', () => {
    for (const [name, sentence] of Object.entries(en))
      expect([name, placeholders(zh[name as keyof typeof en])]).toEqual([name, placeholders(sentence)]);
  });

  it('are Chinese in Chinese, with its own punctuation', () => {
    const sameInBoth = new Set(['app.name']);
    for (const [name, sentence] of Object.entries(zh)) {
      if (!sameInBoth.has(name)) expect([name, /[\u4e00-\u9fff]|^\{/.test(sentence)]).toEqual([name, true]);
      expect([name, /[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/.test(sentence)]).toEqual([name, false]);
    }
  });

  it('are all used', () => {
    const built = [...code.matchAll(/`([\w.]*)\$\{/g)].map(([, prefix]) => prefix ?? '').filter((prefix) => prefix.includes('.'));
    const unused = Object.keys(en).filter((name) => !code.includes(`'${name}'`) && !built.some((prefix) => name.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it('know every unit of trade of the platform', () => {
    expect(Object.keys(tradeUnits).sort()).toEqual(units.map((unit) => unit.code).sort());
  });
});
