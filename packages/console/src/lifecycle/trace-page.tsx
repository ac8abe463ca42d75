import { Link } from 'wouter';
import { useAddressPart } from '../app/address.js';
import { useAsk, useFormat } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { PageHead } from '../design/page-head.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { placeOfThing, ThingLink, type Trace, useThingName } from './thing.js';
import { TraceFigure } from './trace-figure.js';

const mostNamed = 3;
const directions = ['forward', 'backward'] as const;

/** Where a lot or a unit came from and what became of it, across all companies as far as each has shared. */
export function TracePage({ thing }: { readonly thing: string }) {
  const [direction] = useAddressPart('direction', directions);
  const input = { thing, direction: direction ?? 'both', limit: 300 } as const;
  const asked = useAsk(['lifecycle.trace', input], (yunfab, options) => yunfab.lifecycle.trace(input, options));
  return <Screen asked={asked}>{(trace) => <TraceView trace={trace} />}</Screen>;
}

function TraceView({ trace }: { readonly trace: Trace }) {
  const { t, say } = useWords();
  const name = useThingName();
  const [direction, setDirection] = useAddressPart('direction', directions);
  const start = trace.nodes.find(({ node }) => node === trace.start);
  if (!start) return null;
  const title = t('trace.of', { thing: name(start) });
  const hidden = trace.nodes.filter((node) => node.hidden).length;
  return (
    <>
      <PageHead
        title={title}
        badge={start.state && start.stateWords ? <Badge state={start.state} words={start.stateWords} /> : undefined}
        crumbs={
          <>
            <Link href={placeOfThing(start)}>{name(start)}</Link>
            <span aria-hidden="true">/</span>
            <span>{start.maker ? say(start.maker.name) : ''}</span>
          </>
        }
      />
      <div className="stack">
        <Chips
          label={t('trace.direction')}
          value={direction}
          onChoose={setDirection}
          choices={[
            { value: null, words: t('trace.both') },
            ...directions.map((each) => ({ value: each, words: t(`traceDirection.${each}`) })),
          ]}
        />
        <Panel title={t('trace.graph')}>
          <Cut cut={trace.cut} />
          {hidden > 0 ? <p className="soft">{t('trace.hiddenWhat', { count: hidden })}</p> : null}
          {trace.nodes.length === 1 ? <p className="soft">{t('trace.alone')}</p> : <TraceFigure trace={trace} title={title} />}
        </Panel>
        {trace.ends.length > 0 ? <Ends trace={trace} /> : null}
      </div>
    </>
  );
}

/** What the drawing leaves out, if anything. */
function Cut({ cut }: { readonly cut: Trace['cut'] }) {
  const { t } = useWords();
  const format = useFormat();
  return (
    <>
      {directions.map((each) => {
        const found = cut[each];
        return found && found.shown < found.reached ? (
          <p key={each} data-cut={each}>
            {t(`traceCut.${each}`, { shown: format.number(found.shown), reached: format.number(found.reached) })}
          </p>
        ) : null;
      })}
      {cut.edges || cut.ends ? <p>{t('trace.cutMore')}</p> : null}
    </>
  );
}

/** What became of the things that made nothing else: where they were shipped, used, scrapped. */
function Ends({ trace }: { readonly trace: Trace }) {
  const { t, say } = useWords();
  const byNode = new Map(trace.nodes.map((node) => [node.node, node]));
  const byActivity = new Map<string, Trace['ends']>();
  for (const end of trace.ends) byActivity.set(end.activity, [...(byActivity.get(end.activity) ?? []), end]);
  const rows = [...byActivity.values()].flatMap((ends) => {
    const [end] = ends;
    const things = ends.flatMap(({ node }) => byNode.get(node) ?? []);
    return end ? [{ ...end, things }] : [];
  });
  return (
    <Panel title={t('trace.ends')} flush>
      <RecordTable
        label={t('trace.ends')}
        rows={rows}
        keyOf={(row) => row.activity}
        columns={[
          {
            name: 'thing',
            words: t('trace.thing'),
            cell: ({ things }) => (
              <>
                {things.slice(0, mostNamed).map((thing, index) => (
                  <span key={thing.node}>
                    {index > 0 ? ' · ' : ''}
                    <ThingLink thing={thing} short />
                  </span>
                ))}
                {things.length > mostNamed ? ` ${t('trace.andMore', { count: things.length - mostNamed })}` : ''}
              </>
            ),
          },
          { name: 'kind', words: t('trace.what'), cell: (row) => say(row.kindWords) },
          {
            name: 'who',
            words: t('trace.who'),
            cell: (row) => (row.receiver ? `${say(row.performer.name)} → ${say(row.receiver.name)}` : say(row.performer.name)),
          },
          {
            name: 'quantity',
            words: t('trace.quantity'),
            number: true,
            wide: true,
            cell: (row) => (row.things.length > 1 ? t('trace.manyThings', { count: row.things.length }) : <Amount {...row.quantity} />),
          },
          { name: 'at', words: t('trace.at'), wide: true, cell: (row) => <Moment at={row.at} /> },
        ]}
      />
    </Panel>
  );
}
