import { type Given, refusal, textIn } from '@yunfab/simulator';
import type { BlankDesign } from '../blank/design.js';
import { demoDesigns } from '../demo-catalogue.js';

/** The blank that a simulated machine makes, the first when none is named. Throws a RangeError for one that it does not know. */
export function designNamed(program: string | undefined): BlankDesign {
  const design = program === undefined ? demoDesigns[0] : demoDesigns.find(({ code }) => code === program);
  if (!design) throw new RangeError(`the machine knows no design "${program}"; it knows ${demoDesigns.map(({ code }) => code).join(', ')}`);
  return design;
}

/** The design that a command names. Throws a refusal for one that the machine does not have. */
export function designIn(given: Given): BlankDesign {
  const code = textIn(given, 'design');
  const design = demoDesigns.find((each) => each.code === code);
  const codes = demoDesigns.map((each) => each.code).join(', ');
  if (!design) throw refusal(`there is no design "${code}"; there are ${codes}`, `没有设计“${code}”；现有 ${codes}`);
  return design;
}
