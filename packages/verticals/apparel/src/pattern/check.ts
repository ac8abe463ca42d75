import { type Issue, refused } from '../issue.js';
import { distance, lengthOf, type Point, selfCrossing, signedArea } from './geometry.js';
import type { FinishedMeasurement, Pattern, Seam, SewnEdge } from './pattern.js';
import { edge, type PatternPiece } from './piece.js';

/** What a sewer cannot ease away, mm. */
export const seamTolerance = 1;
export const notchTolerance = 1;
/** Between a finished measurement as drawn and as asked for, mm. */
export const finishedTolerance = 3;

/** What is wrong with a pattern: nothing of it may be cut while there is an issue. */
export function checkPattern({ pieces, seams, finished }: Pick<Pattern, 'pieces' | 'seams' | 'finished'>): Issue[] {
  return [...pieces.flatMap(checkPiece), ...seams.flatMap((seam) => checkSeam(seam, pieces)), ...finished.flatMap(checkFinished)];
}

function checkPiece(piece: PatternPiece): Issue[] {
  const issues: Issue[] = [];
  const at = `pieces.${piece.id}`;
  piece.edges.forEach(({ name, points }, i) => {
    const next = piece.edges[(i + 1) % piece.edges.length] as (typeof piece.edges)[number];
    const gap = distance(points.at(-1) as Point, next.points[0] as Point);
    if (gap > 0.02)
      issues.push(
        refused(
          `${at}.edges.${name}`,
          `Edge ${name} of ${piece.words.en.toLowerCase()} ends ${mm(gap)} mm from where ${next.name} begins: the outline is open`,
          `${piece.words.zh}的边 ${name} 终点距 ${next.name} 起点 ${mm(gap)} mm：轮廓未闭合`,
        ),
      );
  });
  for (const [line, loop, words] of [
    ['sew_line', piece.sewLine, { en: 'sew line', zh: '缝制线' }],
    ['cut_line', piece.cutLine, { en: 'cut line', zh: '裁剪线' }],
  ] as const) {
    const crossing = selfCrossing(loop);
    if (crossing)
      issues.push(
        refused(
          `${at}.${line}`,
          `The ${words.en} of ${piece.words.en.toLowerCase()} crosses itself at ${mm(crossing[0])}, ${mm(crossing[1])} mm`,
          `${piece.words.zh}的${words.zh}在 ${mm(crossing[0])}, ${mm(crossing[1])} mm 处自交`,
        ),
      );
  }
  if (Math.abs(signedArea(piece.sewLine)) <= 0 || piece.area <= Math.abs(signedArea(piece.sewLine)))
    issues.push(
      refused(
        `${at}.area`,
        `${piece.words.en} has an area of ${mm(piece.area / 100)} cm² within its cut line: no allowance is left`,
        `${piece.words.zh}裁剪线内面积为 ${mm(piece.area / 100)} cm²：没有缝份`,
      ),
    );
  return issues;
}

function checkSeam(seam: Seam, pieces: readonly PatternPiece[]): Issue[] {
  const { first, second, difference } = measureSeam(seam, pieces);
  const issues: Issue[] = [];
  if (Math.abs(difference - seam.ease) > seamTolerance)
    issues.push(
      refused(
        `seams.${seam.id}`,
        `${seam.words.en}: ${mm(first)} mm are sewn to ${mm(second)} mm, a difference of ${mm(difference)} mm where ${mm(seam.ease)} ± ${seamTolerance} is right`,
        `${seam.words.zh}：${mm(first)} mm 与 ${mm(second)} mm 缝合，相差 ${mm(difference)} mm，应为 ${mm(seam.ease)} ± ${seamTolerance}`,
      ),
    );
  const [one] = seam.first;
  const [other] = seam.second;
  if (!one || !other || seam.first.length > 1 || seam.second.length > 1) return issues;
  const facing = notchesOf(other, pieces);
  for (const [id, from] of notchesOf(one, pieces)) {
    const met = facing.get(id);
    if (met === undefined || Math.abs(met - from) <= notchTolerance) continue;
    issues.push(
      refused(
        `seams.${seam.id}.notches.${id}`,
        `${seam.words.en}: notch ${id} stands ${mm(from)} mm from the end on one side and ${mm(met)} mm on the other`,
        `${seam.words.zh}：刀口 ${id} 一侧距端点 ${mm(from)} mm，另一侧 ${mm(met)} mm`,
      ),
    );
  }
  return issues;
}

/** Lengths as they are sewn, mm: without what darts and pleats take up. */
export function measureSeam(
  { first, second }: Pick<Seam, 'first' | 'second'>,
  pieces: readonly PatternPiece[],
): { readonly first: number; readonly second: number; readonly difference: number } {
  const row = (edges: readonly SewnEdge[]) =>
    edges.reduce((sum, sewn) => sum + lengthOf(edge(pieceOf(sewn, pieces), sewn.edge).points) - (sewn.takenUp ?? 0), 0);
  const [a, b] = [row(first), row(second)];
  return { first: a, second: b, difference: b - a };
}

/** By id, the distance from the end of the seam. */
function notchesOf(sewn: SewnEdge, pieces: readonly PatternPiece[]): Map<string, number> {
  const piece = pieceOf(sewn, pieces);
  const length = lengthOf(edge(piece, sewn.edge).points);
  return new Map(
    piece.notches.filter((notch) => notch.edge === sewn.edge).map(({ id, from }) => [id, sewn.reversed ? from : length - from]),
  );
}

function pieceOf({ piece: id }: SewnEdge, pieces: readonly PatternPiece[]): PatternPiece {
  const piece = pieces.find((each) => each.id === id);
  if (!piece) throw new RangeError(`there is no piece "${id}"; there are ${pieces.map((each) => each.id).join(', ')}`);
  return piece;
}

function checkFinished({ name, words, body, ease, drawn }: FinishedMeasurement): Issue[] {
  if (Math.abs(drawn - body - ease) <= finishedTolerance) return [];
  return [
    refused(
      `finished.${name}`,
      `${words.en}: the pieces make ${mm(drawn)} mm, the body ${mm(body)} mm and its ease ${mm(ease)} mm make ${mm(body + ease)}`,
      `${words.zh}：样板为 ${mm(drawn)} mm，净体 ${mm(body)} mm 加放松量 ${mm(ease)} mm 应为 ${mm(body + ease)}`,
    ),
  ];
}

const mm = (value: number): number => Number(value.toFixed(1));
