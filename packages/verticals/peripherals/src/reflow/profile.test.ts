import { describe, expect, it } from 'vitest';
import { readProfile } from './profile.js';
import { reflowWindowSchema } from './window.js';

const window = reflowWindowSchema.parse({});
/** Straight lines through the given points, one sample every five seconds. */
function through(...points: [number, number][]) {
  const ts: number[] = [];
  const value: number[] = [];
  for (let s = 0; s <= (points.at(-1) as [number, number])[0]; s += 5) {
    const next = points.findIndex(([at]) => at >= s);
    const [t1, v1] = points[Math.max(1, next)] as [number, number];
    const [t0, v0] = points[Math.max(1, next) - 1] as [number, number];
    ts.push(s * 1000);
    value.push(v0 + ((v1 - v0) * (s - t0)) / (t1 - t0));
  }
  return { ts, value };
}

describe('IPC/JEDEC J-STD-020 profile features', () => {
  it('are read between samples', () => {
    const profile = readProfile(through([0, 25], [100, 150], [190, 200], [220, 217], [250, 245], [270, 217], [350, 60]), window);
    expect(profile?.peak).toBe(245);
    expect(profile?.aboveLiquidus).toBeCloseTo(50, 5);
    expect(profile?.soak).toBeCloseTo(90, 5);
    expect(profile?.rampUp).toBeCloseTo(28 / 30, 5);
    expect(profile?.rampDown).toBeCloseTo(28 / 20, 5);
    expect(profile?.toPeak).toBeCloseTo(250, 5);
  });
  it('are null where the board never came to them', () => {
    expect(readProfile(through([0, 25], [100, 180], [200, 40]), window)).toMatchObject({
      peak: 180,
      aboveLiquidus: 0,
      soak: null,
      rampUp: null,
      rampDown: null,
    });
    expect(readProfile({ ts: [], value: [] }, window)).toBeNull();
  });
});
