import { expect, it } from 'vitest';
import { csvLine } from './save-file.js';

it('quotes what needs it and disarms what begins like a formula', () => {
  expect(csvLine(['PO-1', 'a "b", c', '=HYPERLINK("x")', '-1', '轮胎\n黑'])).toBe(
    `PO-1,"a ""b"", c","'=HYPERLINK(""x"")",'-1,"轮胎\n黑"\r\n`,
  );
});
