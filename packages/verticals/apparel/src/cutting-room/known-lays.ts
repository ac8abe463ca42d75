import { type Given, refusal, textIn } from '@yunfab/simulator';
import { demoLay, demoLays, type Lay } from './lay.js';

/** The lay that a simulated machine begins with, the first when none is named. Throws a RangeError for one that it does not know. */
export function layNamed(program: string | undefined): Lay {
  const lay = program === undefined ? demoLay : demoLays.find(({ code }) => code === program);
  if (!lay) throw new RangeError(`the machine knows no lay "${program}"; it knows ${codes()}`);
  return lay;
}

/** The lay that a command names. Throws a refusal for one that the machine does not have. */
export function layIn(given: Given): Lay {
  const code = textIn(given, 'lay');
  const lay = demoLays.find((each) => each.code === code);
  if (!lay) throw refusal(`there is no lay "${code}"; there are ${codes()}`, `没有铺料单“${code}”；现有 ${codes()}`);
  return lay;
}

const codes = () => demoLays.map(({ code }) => code).join(', ');
