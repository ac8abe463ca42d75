import { describe, expect, it } from 'vitest';
import { isScanOf, ticked, withContents } from './scanned-package.js';

const sscc = '340123451111111111';
const marked = { number: sscc, sscc: true };

describe('a scan', () => {
  it.each([sscc, `(00)${sscc}`, `]C100${sscc}`, `00${sscc}`, `https://id.gs1.org/00/${sscc}`, `https://example.com/a/00/${sscc}?x=1`])(
    'GS1 General Specifications 7.8: %s is the SSCC',
    (code) => {
      expect(isScanOf(code, marked)).toBe(true);
    },
  );

  it.each(['', '34012345111111111', `(01)${sscc}`, `${sscc}0`, 'PK-00000001'])('"%s" is not', (code) => {
    expect(isScanOf(code, marked)).toBe(false);
  });

  it('of an internal number is that number only', () => {
    expect(isScanOf('PK-00000001', { number: 'PK-00000001', sscc: false })).toBe(true);
    expect(isScanOf(`(00)${sscc}`, { number: sscc, sscc: false })).toBe(false);
  });
});

describe('packages inside packages', () => {
  const packages = [
    { id: 'pallet', inside: null, ...marked },
    { id: 'carton-1', inside: 'pallet', ...marked },
    { id: 'bag', inside: 'carton-1', ...marked },
    { id: 'carton-2', inside: 'pallet', ...marked },
    { id: 'loose', inside: null, ...marked },
  ];

  it('are ticked with what holds them', () => {
    expect([...withContents('carton-1', packages)]).toEqual(['carton-1', 'bag']);
    expect([...ticked('pallet', true, new Set(), packages)]).toEqual(['pallet', 'carton-1', 'bag', 'carton-2']);
  });

  it('unticked leave their holder unticked, and what stands beside them as it is', () => {
    const all = ticked('pallet', true, new Set(['loose']), packages);
    expect([...ticked('bag', false, all, packages)]).toEqual(['loose', 'carton-2']);
  });
});
