import { admin } from './admin.js';
import { changes } from './changes.js';
import { commerce } from './commerce.js';
import { delivery } from './delivery.js';
import { devices } from './devices.js';
import { duties } from './duties.js';
import { engineering } from './engineering.js';
import { equipment } from './equipment.js';
import { files } from './files.js';
import { floor } from './floor.js';
import { frame } from './frame.js';
import { gateway } from './gateway.js';
import { letters } from './letters.js';
import { lifecycle } from './lifecycle.js';
import { lists } from './lists.js';
import { orders } from './orders.js';
import { production } from './production.js';
import { rfq } from './rfq.js';
import { rules } from './rules.js';
import { service } from './service.js';
import { statements } from './statements.js';
import { subcontract } from './subcontract.js';

/** Every sentence of the console, both languages side by side; each area has a file of its own. `{name}` is filled in. */
const sentences = {
  ...admin,
  ...changes,
  ...commerce,
  ...delivery,
  ...devices,
  ...duties,
  ...engineering,
  ...equipment,
  ...files,
  ...floor,
  ...frame,
  ...gateway,
  ...letters,
  ...lifecycle,
  ...lists,
  ...orders,
  ...production,
  ...rfq,
  ...rules,
  ...service,
  ...statements,
  ...subcontract,
} as const;

/** Each area by itself: a name stands in one of them only. */
export const eachArea: readonly object[] = [
  ...[admin, changes, commerce, delivery, devices, duties, engineering, equipment, files, floor, frame, gateway, letters],
  ...[lifecycle, lists, orders, production],
  ...[rfq, rules, service, statements, subcontract],
];

/** The name of a sentence of the console. */
export type Phrase = keyof typeof sentences;

const inLanguage = (language: 'en' | 'zh'): Readonly<Record<Phrase, string>> =>
  Object.fromEntries(
    Object.entries<{ readonly en: string; readonly zh: string }>(sentences).map(([name, words]) => [name, words[language]]),
  ) as Record<Phrase, string>;

export const en = inLanguage('en');
export const zh = inLanguage('zh');
