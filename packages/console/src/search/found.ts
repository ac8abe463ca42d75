import { useAsk } from '../app/platform.js';
import type { IconName } from '../design/icon.js';
import { placeOfThing, useThingName } from '../lifecycle/thing.js';
import { isPhrase, type Phrase, useWords } from '../words/words.js';

export interface Hit {
  readonly to: string;
  readonly icon: IconName;
  readonly title: string;
  readonly what: string;
}

const most = 12;

/**
 * Orders, machines, lots and job orders whose own number, code or name holds the text; an exact own number, serial number or
 * identifier is found however old it is.
 */
export function useFound(text: string): { readonly found: readonly Hit[]; readonly pending: boolean } {
  const { t, say } = useWords();
  const nameOf = useThingName();
  const recent = { limit: 100 };
  const orders = useAsk(['orders.list', { search: recent }], (yunfab, options) => yunfab.orders.list(recent, options));
  const exact = useAsk(['orders.list', { search: text }], (yunfab, options) => yunfab.orders.list({ ownNumber: text, limit: 5 }, options), {
    enabled: text.length > 1,
  });
  const machines = useAsk(['equipment.list', { search: recent }], (yunfab, options) => yunfab.equipment.list(recent, options));
  const lots = useAsk(['lifecycle.lots.list', { search: recent }], (yunfab, options) => yunfab.lifecycle.lots.list(recent, options));
  const jobs = useAsk(['production.jobs.list', { search: recent }], (yunfab, options) => yunfab.production.jobs.list(recent, options));

  const called = useAsk(['lifecycle.identify', { value: text }], (yunfab, options) => yunfab.lifecycle.identify({ value: text }, options), {
    enabled: text.length > 1,
  });

  const wanted = text.toLocaleLowerCase();
  const holds = (...parts: readonly (string | null)[]) => parts.some((part) => part?.toLocaleLowerCase().includes(wanted));
  const byId = new Map(
    [
      ...(exact.answer?.items ?? []),
      ...(orders.answer?.items ?? []).filter((order) =>
        holds(order.number, order.ownNumber, order.description, order.counterparty.name.en, order.counterparty.name.zh),
      ),
    ].map((order) => [order.id, order]),
  );

  const things = new Map(
    (called.answer?.items ?? []).map(({ thing, scheme, organization }): [string, Hit] => [
      thing.node,
      {
        to: placeOfThing(thing),
        icon: thing.kind === 'unit' ? 'unit' : 'lot',
        title: nameOf(thing),
        what: [isPhrase(`scheme.${scheme}`) ? t(`scheme.${scheme}` as Phrase) : scheme.toUpperCase(), say(organization.name)].join(' · '),
      },
    ]),
  );

  const found: Hit[] = [
    ...things.values(),
    ...[...byId.values()].map(
      (order): Hit => ({
        to: `/orders/${order.id}`,
        icon: 'orders',
        title: order.ownNumber ?? order.number,
        what: `${say(order.counterparty.name)} · ${say(order.stateWords)}`,
      }),
    ),
    ...(machines.answer?.items ?? [])
      .filter((machine) => holds(machine.code, machine.name))
      .map((machine): Hit => ({ to: `/equipment/${machine.id}`, icon: 'equipment', title: machine.name, what: machine.code })),
    ...(lots.answer?.items ?? [])
      .filter((lot) => holds(lot.code) && !things.has(lot.id))
      .map((lot): Hit => ({ to: `/lots/${lot.id}`, icon: 'lot', title: lot.code, what: `${t('rail.lots')} · ${say(lot.stateWords)}` })),
    ...(jobs.answer?.items ?? [])
      .filter((job) => holds(job.code, job.description))
      .map((job): Hit => ({ to: `/jobs/${job.id}`, icon: 'table', title: job.code, what: `${t('rail.jobs')} · ${job.description}` })),
  ].slice(0, most);
  return { found, pending: orders.pending || machines.pending || lots.pending || jobs.pending };
}
