import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applicationIdentifier,
  bracketElements,
  checkCharacterPair,
  checkDigit,
  type Element,
  encodeDigitalLink,
  encodeElements,
  encodeSgtin96,
  groupSeparator,
  gtinOf,
  hasCheckDigit,
  isGln,
  isSscc,
  makeSscc,
  mod37Check,
  packedGtin,
  parseDigitalLink,
  parseElements,
  parseGtin,
  parseSgtin96,
  parseSgtinUri,
  readDate,
  type Sgtin,
  sgtinOf,
  sgtinTagUri,
  sgtinUri,
  writeDate,
} from './index.js';

const today = new Date('2026-11-28T00:00:00Z');

describe('check characters', () => {
  it('lifecycle.md: GTIN-13 6291041500213 and SSCC 340123451111111111', () => {
    expect(parseGtin('6291041500213')).toEqual({ gtin: '06291041500213', issues: [] });
    expect(isSscc('340123451111111111')).toBe(true);
    expect(makeSscc(3, '4012345', 111111111)).toBe('340123451111111111');
    expect(isSscc('340123451111111112')).toBe(false);
  });
  it('lifecycle.md: ISO 7064 MOD 37-2, G123498654321 → H', () => {
    expect(mod37Check('G123498654321')).toBe('H');
    expect(mod37Check('g1')).toBeNull();
  });
  it('GS1 General Specifications 7.9.5: GMN 1987654Ad4X4bL5ttr2310c ends in 2K', () => {
    expect(checkCharacterPair('1987654Ad4X4bL5ttr2310c')).toBe('2K');
  });
  it('says which digit it should be, and refuses other lengths', () => {
    expect(parseGtin('6291041500214').issues[0]?.words.en).toBe('"6291041500214" ends in 4, its check digit is 3.');
    expect(parseGtin('629104150021').gtin).toBeNull();
    expect(parseGtin('96385074').gtin).toBe('00000096385074');
    expect(isGln('9521101530018')).toBe(true);
  });
  it('of a case is not that of what it packs', () => {
    const inner = parseGtin('6291041500213').gtin ?? '';
    const outer = `1${inner.slice(1, 13)}`;
    expect(packedGtin(outer + checkDigit(outer))).toBe(inner);
  });
  it('catches every changed digit and every swap of unlike neighbours whose difference is not five', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{13}$/), fc.nat(12), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const whole = digits + checkDigit(digits);
        const changed = whole.slice(0, at) + String((Number(whole[at]) + by) % 10) + whole.slice(at + 1);
        return hasCheckDigit(whole) && !hasCheckDigit(changed);
      }),
    );
  });
});

describe('element strings', () => {
  it('medical-device.md: (01)06901234567892(11)141231(17)150707(10)A213B1(21)1234', () => {
    const { elements, issues } = parseElements('(01)06901234567892(11)141231(17)150707(10)A213B1(21)1234', today);
    expect(issues).toEqual([]);
    expect(elements.map(({ ai, value }) => `${ai} ${value}`)).toEqual([
      '01 06901234567892',
      '11 141231',
      '17 150707',
      '10 A213B1',
      '21 1234',
    ]);
    expect(parseElements(encodeElements(elements), today).elements).toEqual(elements);
  });
  it('medical-device.md: ]d20104150000021126172506302112345ABC⟨GS⟩10LOT42X', () => {
    const { elements, issues } = parseElements(']d20104150000021126172506302112345ABC⟨GS⟩10LOT42X', today);
    expect(issues).toEqual([]);
    expect(elements).toEqual([
      { ai: '01', value: '04150000021126' },
      { ai: '17', value: '250630' },
      { ai: '21', value: '12345ABC' },
      { ai: '10', value: 'LOT42X' },
    ]);
  });
  it('General Specifications 7.8.5: those of predefined length first, separators only where they are needed', () => {
    const elements = [
      { ai: '10', value: 'L1' },
      { ai: '21', value: 'S1' },
      { ai: '01', value: '06901234567892' },
    ];
    expect(encodeElements(elements)).toBe(`010690123456789210L1${groupSeparator}21S1`);
    expect(bracketElements(elements)).toBe('(10)L1(21)S1(01)06901234567892');
  });
  it('names every issue with its place', () => {
    const sentences = (text: string) => parseElements(text, today).issues.map(({ words }) => words.en);
    expect(sentences('(01)06901234567893(17)260231')).toEqual([
      '(01) "06901234567893": its check digit is wrong.',
      '(17) "260231": there is no such date.',
    ]);
    expect(sentences('(05)1')).toEqual(['(05) is no Application Identifier (in "(05)1").']);
    expect(sentences('01069012345678')).toEqual(['(01) "069012345678" is too short: 14 characters are needed.']);
    expect(sentences('(10)A(10)B')).toEqual(['(10) stands twice, as "A" and as "B".']);
    expect(sentences(`(10)${'A'.repeat(21)}`)).toEqual([`(10) "${'A'.repeat(21)}" is 1 characters too long.`]);
    expect(sentences('(10)批次')).toEqual(['(10) "批次" holds characters that GS1 does not allow here.']);
    expect(sentences('')).toHaveLength(1);
    expect(sentences('A'.repeat(3000))).toHaveLength(1);
  });
  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => parseElements(text, today).elements.length >= 0));
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => parseDigitalLink(text, today).elements.length >= 0));
  });

  const serial = fc.stringMatching(/^[!-"%-?A-Z_a-z]{1,20}$/);
  const elements = fc
    .tuple(fc.stringMatching(/^\d{13}$/), fc.option(serial, { nil: undefined }), fc.option(serial, { nil: undefined }), fc.boolean())
    .map(([digits, lot, unit, dated]): Element[] => [
      { ai: '01', value: digits + checkDigit(digits) },
      ...(dated ? [{ ai: '17', value: '261200' }] : []),
      ...(lot === undefined ? [] : [{ ai: '10', value: lot }]),
      ...(unit === undefined ? [] : [{ ai: '21', value: unit }]),
    ]);
  it('come back as they were written, raw and as Digital Link', () => {
    fc.assert(
      fc.property(elements, (given) => {
        expect(parseElements(encodeElements(given), today)).toEqual({ elements: given, issues: [] });
        const link = parseDigitalLink(encodeDigitalLink(given, 'https://example.com/id'), today);
        expect(link.issues).toEqual([]);
        const byAi = (list: readonly Element[]) => [...list].sort((a, b) => a.ai.localeCompare(b.ai));
        expect(byAi(link.elements)).toEqual(byAi(given));
      }),
    );
  });
});

describe('dates', () => {
  it('General Specifications 7.12: day 00 is the last of the month, years within 50', () => {
    expect(readDate('260200', today, true)).toBe('2026-02-28');
    expect(readDate('280200', today, true)).toBe('2028-02-29');
    expect(readDate('260200', today, false)).toBeNull();
    expect([readDate('751231', today, true), readDate('761231', today, true), readDate('771231', today, true)]).toEqual([
      '2075-12-31',
      '2076-12-31',
      '1977-12-31',
    ]);
    expect(readDate('991231', new Date('2051-01-01T00:00:00Z'), true)).toBe('2099-12-31');
    expect(readDate('001231', new Date('2051-01-01T00:00:00Z'), true)).toBe('2100-12-31');
    expect(writeDate('2026-12-31')).toBe('261231');
  });
});

describe('Digital Links', () => {
  it('hold the key and its qualifiers in order, the rest behind the question mark', () => {
    const elements = parseElements('(01)09506000134352(10)ABC/1(21)S1(17)261231', today).elements;
    const link = encodeDigitalLink(elements);
    expect(link).toBe('https://id.gs1.org/01/09506000134352/10/ABC%2F1/21/S1?17=261231');
    expect(parseDigitalLink(`${link}&linkType=all`, today).elements).toHaveLength(4);
  });
  it('name what is wrong', () => {
    expect(parseDigitalLink('https://example.com/21/S1/10/A').issues).toHaveLength(1);
    expect(parseDigitalLink('https://example.com/01/09506000134352/21/S1/10/A', today).issues[0]?.words.en).toContain(
      'may not follow (01)',
    );
    expect(parseDigitalLink('ftp://x').issues[0]?.words.en).toContain('is no http address');
    expect(() => encodeDigitalLink([{ ai: '10', value: 'A' }])).toThrow('begins with a primary key');
  });
  it('may begin with any primary key', () => {
    expect(parseDigitalLink('https://example.com/a/b/00/340123451111111111').elements).toEqual([{ ai: '00', value: '340123451111111111' }]);
    expect(applicationIdentifier('8003')?.qualifiers).toEqual([[]]);
  });
});

describe('EPC', () => {
  it('lifecycle.md: 302D28B329B0F6C000000001', () => {
    const sgtin = parseSgtin96('302D28B329B0F6C000000001');
    expect(sgtin).toEqual({ filter: 1, companyPrefix: '311112347', itemReference: '0987', serial: '1' });
    expect(encodeSgtin96(sgtin as Sgtin)).toBe('302D28B329B0F6C000000001');
  });
  it('TDS: urn:epc:tag:sgtin-96:3.0614141.812345.6789 is 3074257BF7194E4000001A85', () => {
    const sgtin = { filter: 3, companyPrefix: '0614141', itemReference: '812345', serial: '6789' };
    expect(encodeSgtin96(sgtin)).toBe('3074257BF7194E4000001A85');
    expect(sgtinTagUri(sgtin)).toBe('urn:epc:tag:sgtin-96:3.0614141.812345.6789');
    expect(sgtinUri(sgtin)).toBe('urn:epc:id:sgtin:0614141.812345.6789');
    expect(gtinOf(sgtin)).toBe('80614141123458');
    expect(sgtinOf('80614141123458', 7, '6789', 3)).toEqual(sgtin);
  });
  it('goes both ways for every prefix length', () => {
    const given = fc.integer({ min: 6, max: 12 }).chain((length) =>
      fc.record({
        filter: fc.nat(7),
        companyPrefix: fc.stringMatching(new RegExp(`^\\d{${length}}$`)),
        itemReference: fc.stringMatching(new RegExp(`^\\d{${13 - length}}$`)),
        serial: fc.bigInt(0n, (1n << 38n) - 1n).map(String),
      }),
    );
    fc.assert(
      fc.property(given, (sgtin) => {
        expect(parseSgtin96(encodeSgtin96(sgtin))).toEqual(sgtin);
        expect(parseSgtinUri(sgtinTagUri(sgtin))).toEqual(sgtin);
        expect(hasCheckDigit(gtinOf(sgtin))).toBe(true);
      }),
    );
  });
  it('refuses what 96 bits cannot hold', () => {
    const sgtin = { filter: 1, companyPrefix: '0614141', itemReference: '812345' };
    for (const serial of ['A1', '01', String(1n << 38n)]) expect(() => encodeSgtin96({ ...sgtin, serial })).toThrow('no place in SGTIN-96');
    expect(parseSgtin96('312D28B329B0F6C000000001')).toBeNull();
    expect(parseSgtin96('xyz')).toBeNull();
    expect(parseSgtinUri('urn:epc:id:sgtin:0614141.81234.6789')).toBeNull();
  });
});
