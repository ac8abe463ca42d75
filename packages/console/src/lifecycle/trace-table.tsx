import { Badge } from '../design/badge.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { ThingLink, type Trace, useThingName } from './thing.js';

/** The same as the drawing: the things by their distance, then what went into what. */
export function TraceTable({ trace }: { readonly trace: Trace }) {
  const { t, say } = useWords();
  const name = useThingName();
  const byNode = new Map(trace.nodes.map((node) => [node.node, node]));
  const nameOf = (node: string) => {
    const found = byNode.get(node);
    return found ? name(found) : node;
  };
  return (
    <div className="stack">
      <RecordTable
        label={t('trace.things')}
        rows={[...trace.nodes].sort((a, b) => a.step - b.step)}
        keyOf={(node) => node.node}
        columns={[
          { name: 'name', words: t('trace.thing'), cell: (node) => <ThingLink thing={node} /> },
          { name: 'kind', words: t('trace.kind'), cell: (node) => (node.kind ? t(`thingKind.${node.kind}`) : '–') },
          {
            name: 'state',
            words: t('orders.state'),
            cell: (node) => (node.state && node.stateWords ? <Badge state={node.state} words={node.stateWords} /> : '–'),
          },
          { name: 'maker', words: t('lots.maker'), wide: true, cell: (node) => (node.maker ? say(node.maker.name) : '–') },
          { name: 'step', words: t('trace.step'), number: true, cell: (node) => String(node.step).replace('-', '−') },
        ]}
      />
      <RecordTable
        label={t('trace.links')}
        rows={trace.edges}
        keyOf={(edge) => `${edge.input} ${edge.output} ${edge.at} ${edge.position ?? ''} ${edge.activity ?? ''}`}
        columns={[
          { name: 'input', words: t('trace.from'), cell: (edge) => nameOf(edge.input) },
          { name: 'output', words: t('trace.into'), cell: (edge) => nameOf(edge.output) },
          { name: 'kind', words: t('trace.by'), cell: (edge) => say(edge.kindWords) },
          { name: 'position', words: t('unit.position'), wide: true, cell: (edge) => edge.position ?? '–' },
          { name: 'quantity', words: t('trace.quantity'), number: true, cell: (edge) => <Amount {...edge.quantity} /> },
          { name: 'at', words: t('trace.at'), wide: true, cell: (edge) => <Moment at={edge.at} /> },
          { name: 'until', words: t('trace.until'), wide: true, cell: (edge) => (edge.until ? <Moment at={edge.until} /> : '–') },
        ]}
      />
    </div>
  );
}
