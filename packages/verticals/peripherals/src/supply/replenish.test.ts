import { describe, expect, it } from 'vitest';
import { planReplenishment } from './replenish.js';
import { startOfDay } from './usage.js';

const timeZone = 'Asia/Shanghai';
// 2026-09-07 is a Monday; deliveries on Tuesdays and Fridays, two days under way.
const now = startOfDay(Date.UTC(2026, 8, 7) / 86_400_000, timeZone) + 10 * 3_600_000;
const plan = { leadDays: 2, deliveryWeekdays: [2, 5], timeZone, risk: 0.1 };
const futures = (...days: number[]) => days.flatMap((day) => Array<number>(100 / days.length).fill(day));

describe('ship before the next delivery can arrive', () => {
  it('waits while waiting is safe', () => {
    expect(planReplenishment(futures(30), now, plan)).toEqual({
      ship: false,
      arrives: '2026-09-11',
      nextArrives: '2026-09-15',
      riskOfWaiting: 0,
      riskAnyway: 0,
    });
  });
  it('ships when it may run dry between this delivery and the next', () => {
    expect(planReplenishment(futures(6, 30), now, plan)).toMatchObject({ ship: true, riskOfWaiting: 0.5, riskAnyway: 0 });
    expect(planReplenishment([...futures(30).slice(10), ...Array<number>(10).fill(6)], now, plan).ship).toBe(false);
  });
  it('a supply that ends on the day of the next delivery can wait for it', () => {
    expect(planReplenishment(futures(8), now, plan).ship).toBe(false);
    expect(planReplenishment(futures(7), now, plan).ship).toBe(true);
  });
  it('tells what shipping today cannot help', () => {
    expect(planReplenishment(futures(1, 30), now, plan)).toMatchObject({ ship: true, riskAnyway: 0.5 });
  });
  it('a longer way ships earlier', () => {
    expect(planReplenishment(futures(12), now, plan).ship).toBe(false);
    expect(planReplenishment(futures(12), now, { ...plan, leadDays: 9 }).ship).toBe(true);
  });
});
