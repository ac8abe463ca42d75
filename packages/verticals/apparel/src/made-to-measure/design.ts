import { createHash } from 'node:crypto';
import type { Body } from '../body/index.js';
import { type MeasurementSet, parseBody } from '../body/index.js';
import { apparelErrors } from '../errors.js';
import { patternDxf } from '../export/index.js';
import type { Options } from '../garment/stored.js';
import type { Issue } from '../issue.js';
import { draftPattern, type Fit, type Garment, type Pattern } from '../pattern/index.js';
import { type Operation, routingOf } from '../routing/index.js';
import { chooseSize, formatSize } from '../size/index.js';

export interface Choice extends Options {
  readonly garment: Garment;
  readonly fit: Fit;
}

/** All that follows from a body and a choice. */
export interface Design {
  readonly body: Body;
  readonly sizeLabel: string | null;
  readonly pattern: Pattern;
  readonly dxf: string;
  /** SHA-256 of the DXF, hexadecimal. */
  readonly digest: string;
  readonly routing: readonly Operation[];
}

/** Throws `apparel.body_refused` and `apparel.pattern_refused`, which name every issue. */
export function designOf(measured: MeasurementSet, choice: Choice): Design {
  const { body, issues } = parseBody(measured);
  if (!body) throw apparelErrors.body_refused({ measurements: namesOf(issues, measured) });
  const draft = draftPattern(body, choice);
  if (!draft.pattern) throw apparelErrors.pattern_refused({ at: draft.issues.map(({ at }) => at).join(', ') });
  const sizeLabel = labelOf(body, choice.garment);
  const dxf = dxfOf(draft.pattern, sizeLabel);
  return { body, sizeLabel, pattern: draft.pattern, dxf, digest: digestOf(dxf), routing: routingFor(draft.pattern, choice) };
}

export function labelOf(body: Body, garment: Garment): string | null {
  const { upper, lower } = chooseSize(body);
  const size = garment === 'shirt' ? upper : lower;
  return size && formatSize(size);
}

export const dxfOf = (pattern: Pattern, sizeLabel: string | null): string =>
  patternDxf(pattern, { style: `${pattern.garment} ${pattern.fit}`.toUpperCase(), size: sizeLabel ?? 'MTM' });

export const digestOf = (dxf: string): string => createHash('sha256').update(dxf).digest('hex');

/** The operations that the choice asks for, and those that the draft does: darts and pleats where the body needs them. */
export function routingFor({ garment, seams }: Pattern, { chest_pocket, turn_up, monogram }: Options): Operation[] {
  const taken = (piece: string) =>
    seams.some(({ id, second }) => id === 'waistband' && second.some((edge) => edge.piece === piece && (edge.takenUp ?? 0) > 0));
  return routingOf({ garment, chest_pocket, turn_up, monogram: monogram !== null, dart: taken('back'), pleat: taken('front') });
}

/** Which measurements are refused, with what was given: `waist 99, inseam 97`. */
function namesOf(issues: readonly Issue[], { measurements }: MeasurementSet): string {
  return issues
    .filter(({ severity }) => severity === 'refused')
    .map(({ at }) => at.replace('measurements.', ''))
    .map((name) => `${name} ${String(measurements[name] ?? '–')}`)
    .join(', ');
}
