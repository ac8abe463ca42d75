import { useId, useMemo, useRef, useState } from 'react';
import { useLocation, useRouter } from 'wouter';
import { useFormat } from '../app/platform.js';
import { Button } from '../design/button.js';
import { saveText } from '../picture/save.js';
import { useWords } from '../words/words.js';
import { placeOfThing, type Trace, useThingName } from './thing.js';
import { type Box, boxesOf, type Line } from './trace-groups.js';
import { boxSize, mostDrawn, placed } from './trace-layout.js';
import { TraceTable } from './trace-table.js';

/** A trace as a drawing, from what went in on the left to what became of it on the right; also as tables. */
export function TraceFigure({ trace, title }: { readonly trace: Trace; readonly title: string }) {
  const { t } = useWords();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { boxes, lines } = useMemo(() => boxesOf(trace, opened), [trace, opened]);
  const drawable = boxes.length <= mostDrawn;
  const [asTable, setAsTable] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  return (
    <figure className="picture">
      <figcaption className="chart-head">
        <span className="soft">{t(drawable ? 'trace.reads' : 'trace.tooMany', { count: boxes.length })}</span>
        <div className="chart-tools">
          {opened.size > 0 ? (
            <Button look="quiet" onClick={() => setOpened(new Set())}>
              {t('trace.gather')}
            </Button>
          ) : null}
          {drawable ? (
            <Button look="quiet" icon={asTable ? 'chart' : 'table'} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {t(asTable ? 'drawing.asDrawing' : 'chart.asTable')}
            </Button>
          ) : null}
          {drawable && !asTable ? (
            <Button
              look="quiet"
              icon="download"
              onClick={() => svg.current && saveText(`${title}.svg`, 'image/svg+xml', alone(svg.current))}
            >
              SVG
            </Button>
          ) : null}
        </div>
      </figcaption>
      {asTable || !drawable ? (
        <TraceTable trace={trace} />
      ) : (
        <div className="trace-room" role="group" aria-label={title} tabIndex={0}>
          <Graph
            start={trace.start}
            title={title}
            boxes={boxes}
            lines={lines}
            drawn={svg}
            onOpen={(box) => setOpened(new Set([...opened, box]))}
          />
        </div>
      )}
    </figure>
  );
}

interface GraphProps {
  readonly start: string;
  readonly title: string;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly drawn: React.RefObject<SVGSVGElement | null>;
  readonly onOpen: (box: string) => void;
}

function Graph({ start, title, boxes, lines, drawn, onOpen }: GraphProps) {
  const layout = useMemo(() => placed(boxes, lines), [boxes, lines]);
  const id = useId();
  return (
    <svg
      ref={drawn}
      className="trace"
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      aria-labelledby={id}
      data-trace
    >
      <title id={id}>{title}</title>
      {layout.lines.map(({ line, path, middle }) => (
        <LineView key={`${line.from} ${line.to}`} line={line} path={path} middle={middle} />
      ))}
      {boxes.map((box) => {
        const at = layout.boxes.get(box.id);
        return at ? <BoxView key={box.id} box={box} isStart={box.id === start} x={at.x} y={at.y} onOpen={onOpen} /> : null;
      })}
    </svg>
  );
}

function LineView({ line, path, middle }: { readonly line: Line; readonly path: string; readonly middle: { x: number; y: number } }) {
  const { t, say } = useWords();
  const format = useFormat();
  const [first] = line.edges;
  const words =
    line.edges.length > 1
      ? t('trace.edges', { count: line.edges.length, what: say(first.kindWords) })
      : [say(first.kindWords), first.position, format.quantity(first.quantity.value, first.quantity.unit), format.moment(first.at)]
          .filter(Boolean)
          .join(' · ');
  const positions = new Set(line.edges.map(({ position }) => position));
  const [position] = positions.size === 1 ? positions : [null];
  return (
    <g className={line.ended ? 'line ended' : 'line'} data-edge={first.kind}>
      <path d={path}>
        <title>{words}</title>
      </path>
      {position ? (
        <text x={middle.x} y={middle.y - 4} textAnchor="middle">
          {position}
        </text>
      ) : null}
    </g>
  );
}

interface BoxViewProps {
  readonly box: Box;
  readonly isStart: boolean;
  readonly x: number;
  readonly y: number;
  readonly onOpen: (box: string) => void;
}

function BoxView({ box, isStart, x, y, onOpen }: BoxViewProps) {
  const { t, say } = useWords();
  const name = useThingName();
  const [, navigate] = useLocation();
  const { base } = useRouter();
  const [node] = box.members;
  const many = box.members.length > 1;
  const headline = many
    ? t(node.hidden ? 'trace.manyHidden' : node.kind === 'lot' ? 'trace.manyLots' : 'trace.manyUnits', { count: box.members.length })
    : node.hidden
      ? name(node)
      : (node.code ?? '');
  const below = node.hidden
    ? ''
    : [
        many ? `${node.code} …` : node.itemCode,
        node.stateWords ? say(node.stateWords) : '',
        node.own || !node.maker ? '' : say(node.maker.name),
      ]
        .filter(Boolean)
        .join(' · ');
  const classes = ['box', node.hidden ? 'hidden' : (node.kind ?? ''), isStart ? 'start' : '', many ? 'many' : ''].filter(Boolean).join(' ');
  const act = () => (many ? onOpen(box.id) : navigate(placeOfThing(node)));
  const drawing = (
    <>
      <rect x={x - boxSize.width / 2} y={y - boxSize.height / 2} width={boxSize.width} height={boxSize.height} rx={6} />
      <text className="name" x={x - boxSize.width / 2 + 10} y={below ? y - 4 : y + 4}>
        {shortened(headline, 24)}
      </text>
      {below ? (
        <text className="below" x={x - boxSize.width / 2 + 10} y={y + 13}>
          {shortened(below, 28)}
        </text>
      ) : null}
      <title>{[headline, below].filter(Boolean).join(' – ')}</title>
    </>
  );
  const data = { 'data-node': many ? 'many' : node.hidden ? 'hidden' : (node.code ?? ''), 'data-step': node.step };
  if (node.hidden && !many)
    return (
      <g className={classes} {...data}>
        {drawing}
      </g>
    );
  return (
    <a
      className={classes}
      href={many ? undefined : base + placeOfThing(node)}
      role={many ? 'button' : undefined}
      tabIndex={0}
      {...data}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        act();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        act();
      }}
    >
      {drawing}
    </a>
  );
}

/** A Chinese character is as wide as two Latin ones. */
function shortened(text: string, widest: number): string {
  let width = 0;
  for (const [index, character] of [...text].entries()) {
    width += /[\u2e80-\uffef]/.test(character) ? 1.9 : 1;
    if (width > widest) return `${[...text].slice(0, index).join('')}…`;
  }
  return text;
}

/** The drawing as a file of its own, with its colours as they are now. */
function alone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const kinds = 'rect, path, text';
  const shown = [...svg.querySelectorAll<SVGElement>(kinds)];
  for (const [index, element] of [...copy.querySelectorAll<SVGElement>(kinds)].entries()) {
    const { fill, stroke, strokeDasharray, fontSize } = getComputedStyle(shown[index] as SVGElement);
    for (const [name, value] of Object.entries({ fill, stroke, 'stroke-dasharray': strokeDasharray, 'font-size': fontSize }))
      element.setAttribute(name, value);
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('font-family', 'sans-serif');
  return copy.outerHTML;
}
