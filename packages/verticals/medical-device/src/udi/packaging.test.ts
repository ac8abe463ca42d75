import { describe, expect, it } from 'vitest';
import { countUnits, type PackageConfiguration, packagingIssues, unitsIn } from './packaging.js';

const levels: readonly PackageConfiguration[] = [
  { di: '06901234567892', level: 'unit', contains: null },
  { di: '16901234567899', level: 'inner_box', contains: { di: '06901234567892', quantity: 10 } },
  { di: '26901234567896', level: 'carton', contains: { di: '16901234567899', quantity: 24 } },
];

describe('packaging levels', () => {
  it('hold whole numbers of lower levels, down to one unit of use', () => {
    expect(packagingIssues(levels)).toEqual([]);
    expect(unitsIn(levels, '26901234567896')).toEqual({ di: '06901234567892', quantity: 240 });
    expect(unitsIn(levels, '06901234567892')).toEqual({ di: '06901234567892', quantity: 1 });
    expect(unitsIn(levels, '9')).toBeNull();
  });
  it('turn scans of packages into units of use, and name what is unknown', () => {
    const scans = [
      { di: '26901234567896', count: 10 },
      { di: '16901234567899', count: 3 },
      { di: '06901234567892', count: 4 },
      { di: '9', count: 1 },
    ];
    expect(countUnits(levels, scans)).toEqual({ units: [{ di: '06901234567892', count: 2434 }], unknown: ['9'] });
  });
  it('refuse loops, gaps, halves and doubles', () => {
    const box = { di: 'B', level: 'inner_box', contains: { di: 'U', quantity: 10 } } as const;
    const unit = { di: 'U', level: 'unit', contains: null } as const;
    expect(packagingIssues([unit, { ...box, contains: { di: 'B', quantity: 1 } }])).toHaveLength(1);
    expect(packagingIssues([unit, { ...box, contains: { di: 'X', quantity: 1 } }])).toHaveLength(1);
    expect(packagingIssues([unit, { ...box, contains: { di: 'U', quantity: 1.5 } }])).toHaveLength(1);
    expect(packagingIssues([unit, { ...box, di: 'U' }])).not.toEqual([]);
    expect(packagingIssues([box])).toHaveLength(2);
    expect(packagingIssues([{ ...unit, contains: { di: 'U', quantity: 1 } }])).toHaveLength(1);
  });
});
