import type { BlankDesign } from '../blank/design.js';
import { demoDesigns } from '../demo-catalogue.js';

/** The blank that a simulated machine makes, the first when none is named. Throws a RangeError for one that it does not know. */
export function designNamed(program: string | undefined): BlankDesign {
  const design = program === undefined ? demoDesigns[0] : demoDesigns.find(({ code }) => code === program);
  if (!design) throw new RangeError(`the machine knows no design "${program}"; it knows ${demoDesigns.map(({ code }) => code).join(', ')}`);
  return design;
}
