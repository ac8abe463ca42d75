import { recordUpload, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import type { Floor } from '../floor.fixture.js';

type Create = Parameters<ReturnType<Floor['as']>['orders']['rfq']['create']>[0];
type Submit = Parameters<ReturnType<Floor['as']>['orders']['rfq']['quotes']['submit']>[0];

export const drawing = 'a'.repeat(64);

export async function uploadDrawing(db: TestDatabase, who: TestOrganization, sha256 = drawing): Promise<void> {
  await recordUpload(db, who, { sha256, size: 7, mediaType: 'model/step', name: 'as-uploaded.step' });
}

/** Two lines, one with a drawing; open until far away. */
export const request = (number: string, more: Partial<Create> = {}): Create => ({
  number,
  title: `Housing ${number}`,
  currency: 'CNY',
  respondBy: '2026-12-10T08:00:00.000Z',
  wantedOn: '2027-02-01',
  delivery: { rule: 'DAP', place: 'Suzhou' },
  paymentDays: 60,
  lines: [
    {
      description: 'Housing',
      quantity: { value: '1000', unit: 'H87' },
      breaks: ['500', '2000'],
      files: [{ name: 'housing.step', sha256: drawing }],
    },
    { description: 'Cover', quantity: { value: '500', unit: 'H87' } },
  ],
  ...more,
});

/** A quote of every line at one price from one piece on. */
export const offer = (
  lines: readonly string[],
  unitPrice: string,
  more: Partial<Submit> = {},
): Omit<Submit, 'invitation' | 'version' | 'number'> => ({
  currency: 'CNY',
  delivery: { rule: 'DAP', place: 'Suzhou' },
  paymentDays: 30,
  taxRate: '13',
  validUntil: '2027-01-31T16:00:00.000Z',
  lines: lines.map((line) => ({ line, prices: [{ from: '1', unitPrice }], leadDays: 30 })),
  ...more,
});

/** Creates and opens a request; gives its id, its lines and each supplier's invitation. */
export async function openRequest(floor: Floor, buyer: TestOrganization, suppliers: readonly TestOrganization[], given: Create) {
  const created = await floor.as(buyer).orders.rfq.create(given);
  const { rfq, invitations } = await floor
    .as(buyer)
    .orders.rfq.open({ rfq: created.id, version: 1, suppliers: suppliers.map(({ code }) => code) });
  return { id: rfq.id, lines: rfq.lines.map(({ id }) => id), invitations: invitations as [string, ...string[]] };
}
