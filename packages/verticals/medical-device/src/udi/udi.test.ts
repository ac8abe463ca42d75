import { groupSeparator } from '@yunfab/core/gs1';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUdi } from './encode.js';
import { hibcCheckCharacter } from './hibc.js';
import { nothingKnown } from './identification.js';
import { maCheckDigit } from './ma.js';
import { parseUdi } from './parse.js';

const today = new Date('2026-11-28T00:00:00Z');
const read = (text: string) => parseUdi(text, today);
const sentences = (text: string) => read(text).issues.map(({ words }) => words.en);

describe('GS1', () => {
  it('medical-device.md: (01)06901234567892(11)141231(17)150707(10)A213B1(21)1234', () => {
    expect(read('(01)06901234567892(11)141231(17)150707(10)A213B1(21)1234')).toMatchObject({
      issuer: 'gs1',
      di: '06901234567892',
      manufactured: '2014-12-31',
      expiry: '2015-07-07',
      lot: 'A213B1',
      serial: '1234',
      packagingLevel: 0,
      issues: [],
    });
  });
  it('medical-device.md: ]d20104150000021126172506302112345ABC⟨GS⟩10LOT42X', () => {
    const scanned = `]d20104150000021126172506302112345ABC${groupSeparator}10LOT42X`;
    expect(read(scanned)).toMatchObject({ expiry: '2025-06-30', serial: '12345ABC', lot: 'LOT42X', issues: [] });
    expect(read(scanned.replace('250630', '250600')).expiry).toBe('2025-06-30');
  });
  it('a Digital Link, a GTIN alone, and what is wrong', () => {
    expect(read('https://id.gs1.org/01/06901234567892/10/A1?17=261231')).toMatchObject({
      di: '06901234567892',
      lot: 'A1',
      expiry: '2026-12-31',
    });
    expect(read('6901234567892')).toMatchObject({ di: '06901234567892', issues: [] });
    expect(sentences('6901234567893')).toHaveLength(1);
    expect(sentences('(10)A1')).toEqual(['There is no GTIN, and so no device identifier.']);
    expect(read('(01)06901234567892(17)261301')).toMatchObject({ expiry: null, issues: [{ at: '(17)' }] });
  });
});

describe('HIBC', () => {
  it('medical-device.md: +A123BJC5D6E71 → G', () => {
    expect(hibcCheckCharacter('+A123BJC5D6E71')).toBe('G');
    expect(read('+A123BJC5D6E71G')).toMatchObject({ issuer: 'hibcc', di: 'A123BJC5D6E71', packagingLevel: 1, issues: [] });
    expect(read('*+A123BJC5D6E71G*').issues).toEqual([]);
    expect(read(' +A123BJC5D6E71G ').issues).toEqual([]);
  });
  it('ANSI/HIBC 2.6, appendix B: a blank may be the check character, printed as _', () => {
    const body = '+A99912345/$$3301130LOT';
    expect(hibcCheckCharacter(body)).toBe(' ');
    for (const text of [`${body} `, `${body}_`, `*${body}_*`]) expect(read(text)).toMatchObject({ lot: 'LOT', issues: [] });
  });
  it('medical-device.md: +$$20928053C001/S0001/16D20000101X → Q', () => {
    expect(hibcCheckCharacter('+$$20928053C001/S0001/16D20000101X')).toBe('Q');
    expect(read('+$$20928053C001/S0001/16D20000101XQ')).toMatchObject({
      di: null,
      expiry: '2005-09-28',
      lot: '3C001',
      serial: '0001',
      manufactured: '2000-01-01',
      issues: [],
    });
  });
  it('medical-device.md, negative: the HL7 example device-example-udi3 ends in C, modulo 43 gives H', () => {
    const example = '+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202';
    expect(sentences(`${example}C`)).toEqual(['The check character is C, but H belongs there.']);
    expect(read(`${example}H`)).toMatchObject({
      di: 'H123PARTNO1234567890120',
      expiry: '2020-02-02',
      lot: 'LOT123456789012345',
      serial: 'XYZ456789012345678',
      manufactured: '2013-02-02',
      issues: [],
    });
  });
  it('ANSI/HIBC 2.6, 2.2.1.1 and 4.3.2: joined, and a secondary with its link character', () => {
    expect(read('+A99912345/$$52001510X33')).toMatchObject({ di: 'A99912345', expiry: '2020-01-15', lot: '10X3', issues: [] });
    expect(read('+$$52001510X3GD')).toMatchObject({ di: null, expiry: '2020-01-15', lot: '10X3', issues: [] });
  });
  it.each([
    ['month alone', '$$1130LOT', { expiry: '2030-11-30', lot: 'LOT' }],
    ['2 MMDDYY', '$$2113030LOT', { expiry: '2030-11-30', lot: 'LOT' }],
    ['3 YYMMDD', '$$3301130LOT', { expiry: '2030-11-30', lot: 'LOT' }],
    ['4 YYMMDDHH', '$$430113023LOT', { expiry: '2030-11-30', lot: 'LOT' }],
    ['5 YYJJJ', '$$530334LOT', { expiry: '2030-11-30', lot: 'LOT' }],
    ['6 YYJJJHH', '$$63033412LOT', { expiry: '2030-11-30', lot: 'LOT' }],
    ['7 no date', '$$7LOT', { expiry: null, lot: 'LOT' }],
    ['8 and two digits', '$$8323301130LOT', { quantity: 32, expiry: '2030-11-30', lot: 'LOT' }],
    ['9 and five digits', '$$9000127LOT', { quantity: 12, expiry: null, lot: 'LOT' }],
    ['lot alone', '$LOT', { lot: 'LOT', serial: null }],
    ['serial alone', '$+SER', { lot: null, serial: 'SER' }],
    ['serial behind a date', '$$+3301130SER', { expiry: '2030-11-30', serial: 'SER', lot: null }],
    ['YYJJJ without a mark', '30334LOT', { expiry: '2030-11-30', lot: 'LOT' }],
    ['14D and quantity', '$LOT/14D20301130/Q500', { expiry: '2030-11-30', quantity: 500 }],
  ])('reads the secondary data format: %s', (_name, secondary, expected) => {
    const body = `+A99912345/${secondary}`;
    expect(read(body + hibcCheckCharacter(body))).toMatchObject({ ...expected, di: 'A99912345', issues: [] });
  });
  it('tells what is wrong with it', () => {
    const wrong = (body: string) => read(body + hibcCheckCharacter(body)).issues.map(({ at }) => at);
    expect(wrong('+A99912345/$$3301330LOT')).toEqual(['$$3']);
    expect(wrong('+A99912345/$$430113024LOT')).toEqual(['$$4']);
    expect(wrong('+A99912345/$$530367LOT')).toEqual(['$$5']);
    expect(wrong('+A99912345/$$3')).toEqual(['$$3']);
    expect(wrong('+A9')).toEqual(['+']);
    expect(wrong('+A99912345/$LOT/16D20300230')).toEqual(['/16D']);
    expect(wrong('+A99912345/$LOT/XYZ')).toEqual(['/']);
    expect(wrong(`+A99912345/$${'L'.repeat(19)}`)).toEqual(['$']);
    expect(read('+a').issues.length).toBeGreaterThan(0);
  });
});

describe('ICCBBA', () => {
  const example = '=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123';
  it('UDI formats by FDA-accredited issuing agency 1.3: the example', () => {
    expect(read(example)).toMatchObject({
      issuer: 'iccbba',
      di: 'A9999XYZ100T0944',
      serial: '000025',
      donation: 'A99971312345600',
      expiry: '2014-02-01',
      manufactured: '2013-02-01',
      lot: '000000000000XYZ123',
      issues: [],
    });
    expect(read(`=+06000${example}`).issues).toEqual([]);
    expect(sentences(`=+05000${example}`)).toEqual(['The message says 5 structures and holds 6.']);
  });
  it('lifecycle.md: the donation number G1234 98 654321 is printed with check character H', () => {
    const { parts } = read('=/A9999XYZ100T0944=G12349865432100');
    expect(parts.at(-1)).toMatchObject({ words: { en: 'Check character' }, value: 'H' });
  });
  it('blood containers, and what is wrong', () => {
    expect(read('=)1TE1234560&)RZ12345678')).toMatchObject({ di: '1TE1234560', lot: 'RZ12345678', issues: [] });
    expect(sentences('=/A9999XYZ100T0944=>014366')).toEqual(['"014366" is no date (century, year, day of the year).']);
    expect(sentences('=/A9999')).toHaveLength(1);
    expect(sentences('=>014032')).toEqual(['There is no product code, and so no device identifier.']);
    expect(sentences('&?')).toHaveLength(1);
  });
});

describe('MA', () => {
  it('medical-device.md: MA.156.M0., registrant 6, pack 1, item 6, check 1: 25 characters', () => {
    const di = 'MA.156.M0.100472.11103316';
    expect(di).toHaveLength(25);
    expect(read(di)).toMatchObject({ issuer: 'ma', di, packagingLevel: 1, issues: [] });
    expect(read('MA.156.M0.100472.11103315').issues).toMatchObject([{ at: 'MA' }]);
    expect(read('MA.156.M0.10047.11103316')).toMatchObject({ di: null, issues: [{ at: 'MA' }] });
  });
  it('codes in use: check digits of DI and production data', () => {
    expect(['MA.156.M0.100472.1110331', 'MA.156.M0.100350.01004YA1001', 'MA.156.M0.100204.1335176'].map(maCheckDigit)).toEqual([
      '6',
      '7',
      '4',
    ]);
    expect(maCheckDigit('.SLMSAGAAAC.M210628.LAY21062803.E220628.V220627')).toBe('3');
    expect(maCheckDigit('.Ste002.M200206.L343432.D555555.E200228.V200307')).toBe('9');
    expect(maCheckDigit('编')).toBeNull();
  });
  it('reads production data and says what is wrong', () => {
    const code = 'MA.156.M0.100204.13351764.Sx00008.M220117.L20220117.D20220118.E20230130.C';
    const tail = code.slice(25, -2);
    expect(read(code + maCheckDigit(tail))).toMatchObject({
      serial: 'x00008',
      manufactured: '2022-01-17',
      lot: '20220117',
      expiry: '2023-01-30',
      packagingLevel: 1,
      issues: [],
    });
    expect(read('MA.156.M0.100204.13351764.E221301.X1.L').issues.map(({ at }) => at)).toEqual(['.E', '.X', '.L']);
  });
});

describe('every issuer', () => {
  const lot = fc.stringMatching(/^[A-Z0-9]{1,10}$/);
  const day = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2070-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const dis = { gs1: '06901234567892', hibcc: 'A123BJC5D6E71', iccbba: 'A9999XYZ100T0944', ma: 'MA.156.M0.100472.11103316' } as const;
  it('writes what it reads back the same', () => {
    const device = fc.record({
      issuer: fc.constantFrom('gs1', 'hibcc', 'iccbba', 'ma'),
      lot,
      serial: fc.option(fc.stringMatching(/^[A-Z0-9]{1,6}$/)),
      expiry: fc.option(day),
      manufactured: fc.option(day),
    });
    fc.assert(
      fc.property(device, (given) => {
        const whole = { ...nothingKnown, ...given, issuer: given.issuer as 'gs1', di: dis[given.issuer as 'gs1'] };
        expect(encodeUdi(whole, today)).toMatchObject({ ok: true });
      }),
    );
  });
  it('refuses what its code cannot say', () => {
    const gs1 = { ...nothingKnown, issuer: 'gs1', di: '06901234567892' } as const;
    expect(encodeUdi({ ...gs1, lot: 'L'.repeat(21) }, today).ok).toBe(false);
    expect(encodeUdi({ ...gs1, di: '06901234567893' }, today).ok).toBe(false);
    expect(encodeUdi({ ...gs1, donation: 'A99971312345600' }, today)).toMatchObject({ ok: false, issues: [{ at: 'donation' }] });
    expect(encodeUdi({ ...gs1, expiry: '2027-02-28', lot: 'A1' }, today)).toEqual({
      ok: true,
      text: '01069012345678921727022810A1',
      printed: '(01)06901234567892(17)270228(10)A1',
    });
  });
  it('reads anything without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(\+|=|&|MA\.|\(01\)|\])[ -~]*$/)), (text) => {
        const { di, issues } = read(text);
        return di !== null || issues.length > 0 || /^\*?(\]..)?\+[^A-Z]/.test(text.trim());
      }),
    );
    expect(sentences('hello')).toHaveLength(1);
    expect(sentences('A'.repeat(501))).toHaveLength(1);
  });
});
