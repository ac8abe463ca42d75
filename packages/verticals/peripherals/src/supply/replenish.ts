import { dateOf, localDay, weekdayOf } from './usage.js';

/** How supplies reach a site. */
export interface DeliveryPlan {
  /** Days from shipping to the earliest arrival. */
  readonly leadDays: number;
  /** Weekdays on which the site receives, 0 is Sunday. */
  readonly deliveryWeekdays: readonly number[];
  readonly timeZone: string;
  /** The share of futures in which it may run dry before the delivery after the next: 0.1. */
  readonly risk: number;
}

export interface Replenishment {
  /** Whether to ship today. */
  readonly ship: boolean;
  /** When what is shipped today arrives. */
  readonly arrives: string;
  /** When what is shipped on the next opportunity arrives. */
  readonly nextArrives: string;
  /** Share of futures in which it is empty before `nextArrives`. */
  readonly riskOfWaiting: number;
  /** Share of futures in which it is empty before `arrives`: shipping today cannot help these. */
  readonly riskAnyway: number;
}

/**
 * Whether to ship today: what is shipped later arrives one delivery later, so it is shipped when waiting would let too many
 * futures run dry before that delivery. `daysToEmpty` is of the forecast.
 */
export function planReplenishment(daysToEmpty: readonly number[], now: number, plan: DeliveryPlan): Replenishment {
  if (daysToEmpty.length === 0) throw new RangeError('a forecast has at least one future');
  const today = localDay(now, plan.timeZone);
  const arrives = nextDelivery(today + plan.leadDays, plan);
  const nextArrives = nextDelivery(arrives + 1, plan);
  // A supply that ends on the day of a delivery is replaced on that day.
  const dryBefore = (day: number) => daysToEmpty.filter((days) => today + days < day).length / daysToEmpty.length;
  const riskOfWaiting = dryBefore(nextArrives);
  return {
    ship: riskOfWaiting > plan.risk,
    arrives: dateOf(arrives),
    nextArrives: dateOf(nextArrives),
    riskOfWaiting,
    riskAnyway: dryBefore(arrives),
  };
}

/** The first day on or after `from` on which the site receives. */
function nextDelivery(from: number, { deliveryWeekdays }: DeliveryPlan): number {
  const ahead = [0, 1, 2, 3, 4, 5, 6].find((days) => deliveryWeekdays.includes(weekdayOf(from + days)));
  if (ahead === undefined) throw new RangeError('a delivery plan names at least one weekday');
  return from + ahead;
}
