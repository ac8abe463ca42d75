import { describe, expect, it } from 'vitest';
import { windBlank } from '../blank/section.js';
import { demoDesigns, demoPrepregs } from '../demo-catalogue.js';
import { blankBeam } from './blank-beam.js';
import { prepareBeam } from './elastica.js';
import { bendUnder, fitStiffness } from './fit.js';

const [design] = demoDesigns;
if (!design) throw new Error('a design');
const blank = windBlank(design, demoPrepregs);
const loads = [0.2, 0.4, 0.6, 0.8, 1, 1.15];

describe('the fit of stiffness to a measured bend', () => {
  it.each([
    [1, 1],
    [0.8, 1.1],
    [1.25, 0.7],
    [0.6, 0.6],
  ])('finds butt %d and tip %d again', (butt, tip) => {
    const fit = fitStiffness(blank, bendUnder(prepareBeam(blankBeam(blank, { butt, tip })), loads));
    expect(fit?.scale.butt).toBeCloseTo(butt, 3);
    expect(fit?.scale.tip).toBeCloseTo(tip, 3);
    expect(fit?.residual.drop).toBeLessThan(0.1);
  });
  it('lives with the noise of a camera', () => {
    const measured = bendUnder(prepareBeam(blankBeam(blank, { butt: 0.9, tip: 1 })), loads).map((point, i) => ({
      ...point,
      drop: point.drop + (i % 2 ? 0.001 : -0.001),
      tipAngle: point.tipAngle + (i % 3 ? -0.2 : 0.2),
    }));
    const fit = fitStiffness(blank, measured);
    expect(fit?.scale.butt).toBeCloseTo(0.9, 1);
    expect(fit?.scale.tip).toBeCloseTo(1, 1);
    expect(fit?.residual.drop).toBeGreaterThan(0.2);
  });
  it('needs two points', () => {
    expect(fitStiffness(blank, [{ load: 1, drop: 0.5, tipAngle: 40 }])).toBeNull();
  });
});
