import type { Drawing } from '@yunfab/sdk';
import { useId, useRef, useState } from 'react';
import { useFormat } from '../app/platform.js';
import { Button } from '../design/button.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { saveText } from './save.js';
import { toneColour } from './tone.js';

type Shape = Drawing['shapes'][number];

/** A drawing to scale: pieces, a bent line, a code. Its shapes with words are also a table; the file is SVG in the drawing's unit. */
export function DrawingView({ title, drawing }: { readonly title: string; readonly drawing: Drawing }) {
  const { t } = useWords();
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const id = useId();
  const { box, unit } = drawing;
  const size = `${format.number(round(box.width))} × ${format.number(round(box.height))} ${measuredUnit(unit)}`;
  return (
    <figure className="picture">
      <figcaption className="chart-head">
        <span id={id}>
          {title} <span className="unit">{size}</span>
        </span>
        <div className="chart-tools">
          <Button look="quiet" icon={asTable ? 'chart' : 'table'} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'drawing.asDrawing' : 'chart.asTable')}
          </Button>
          {asTable ? null : (
            <Button
              look="quiet"
              icon="download"
              onClick={() => svg.current && saveText(`${title}.svg`, 'image/svg+xml', written(svg.current, drawing))}
            >
              SVG
            </Button>
          )}
        </div>
      </figcaption>
      {asTable ? (
        <ShapesTable title={title} drawing={drawing} />
      ) : (
        <svg
          ref={svg}
          className="drawing"
          role="img"
          aria-labelledby={id}
          viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
          style={{ aspectRatio: `${box.width} / ${box.height}` }}
          data-drawing
        >
          {drawing.shapes.map((shape, index) => (
            <ShapeView key={index} shape={shape} scale={Math.max(box.width, box.height)} />
          ))}
        </svg>
      )}
    </figure>
  );
}

function ShapeView({ shape, scale }: { readonly shape: Shape; readonly scale: number }) {
  const { say } = useWords();
  if (shape.kind === 'text') {
    const { at, text, size = scale / 50, tone = 'ink' } = shape;
    return (
      <text x={at[0]} y={at[1]} fontSize={size} style={{ fill: toneColour(tone) }}>
        {typeof text === 'string' ? text : say(text)}
      </text>
    );
  }
  const { points, closed = false, fill, stroke, dashed = false, words } = shape;
  const style = { fill: fill ? toneColour(fill) : 'none', stroke: stroke ? toneColour(stroke) : 'none' };
  const drawn = {
    points: points.map(([x, y]) => `${x},${y}`).join(' '),
    style,
    // A line is as thick on the screen at every scale.
    vectorEffect: 'non-scaling-stroke' as const,
    ...(dashed ? { strokeDasharray: '5 4' } : {}),
    ...(fill && stroke ? { fillOpacity: 0.22 } : {}),
  };
  const title = words ? <title>{say(words)}</title> : null;
  return closed ? <polygon {...drawn}>{title}</polygon> : <polyline {...drawn}>{title}</polyline>;
}

function ShapesTable({ title, drawing }: { readonly title: string; readonly drawing: Drawing }) {
  const { t, say } = useWords();
  const format = useFormat();
  const named = drawing.shapes.flatMap((shape) => (shape.kind === 'polyline' && shape.words ? [{ shape, words: shape.words }] : []));
  return (
    <div className="table-room" role="group" style={{ maxHeight: 360, overflow: 'auto' }} aria-label={title} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('drawing.shape')}</th>
            {(['drawing.left', 'drawing.top', 'drawing.width', 'drawing.height'] as const).map((name) => (
              <th key={name} scope="col" className="number">
                {t(name)} <span className="unit">{measuredUnit(drawing.unit)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {named.map(({ shape, words }, index) => {
            const { left, top, width, height } = boundsOf(shape.points);
            return (
              <tr key={index}>
                <td>{say(words)}</td>
                {[left, top, width, height].map((value, column) => (
                  <td key={column} className="number">
                    {format.number(round(value))}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function boundsOf(points: readonly (readonly [number, number])[]) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}

const round = (value: number) => Number(value.toPrecision(5));
const physical: Readonly<Record<string, string>> = { mm: 'mm', cm: 'cm' };

/** The picture as a file of its own: with its colours as they are now, and in its real size where a file can say it. */
function written(svg: SVGSVGElement, { box, unit }: Drawing): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const shown = [...svg.querySelectorAll<SVGElement>('polygon, polyline, text')];
  for (const [index, element] of [...copy.querySelectorAll<SVGElement>('polygon, polyline, text')].entries()) {
    const style = getComputedStyle(shown[index] as SVGElement);
    element.setAttribute('fill', style.fill);
    element.setAttribute('stroke', style.stroke);
    element.removeAttribute('style');
  }
  for (const name of ['class', 'style', 'role', 'aria-labelledby', 'data-drawing']) copy.removeAttribute(name);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  if (physical[unit]) {
    copy.setAttribute('width', `${box.width}${physical[unit]}`);
    copy.setAttribute('height', `${box.height}${physical[unit]}`);
  }
  return copy.outerHTML;
}
