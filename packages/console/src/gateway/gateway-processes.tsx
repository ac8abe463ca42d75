import type { Client } from '../app/client.js';
import { useAsk, useFormat } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Icon } from '../design/icon.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { type Phrase, useWords } from '../words/words.js';

type Gateway = Awaited<ReturnType<Client['equipment']['gateways']['list']>>['items'][number];
type Counter = keyof Gateway['counters'];

const tones = { running: 'good', stopped: 'quiet', gone: 'bad' } as const;
const parts = ['committed', 'duplicate', 'deadLettered', 'inFlight'] as const satisfies readonly Counter[];
const rest = [
  'valuesCommitted',
  'batches',
  'batchesMerged',
  'retries',
  'valuesRefused',
  'refused',
  'droppedQos0',
  'connections',
] as const satisfies readonly Counter[];

/** Every gateway with its reconciliation; for whoever runs the platform. */
export function GatewayProcesses({ everyMs }: { readonly everyMs: number }) {
  const { t } = useWords();
  const asked = useAsk(['equipment.gateways.list', {}], (yunfab, options) => yunfab.equipment.gateways.list({}, options), { everyMs });
  return (
    <Panel title={t('gateway.processes')} flush>
      {asked.problem ? (
        <div className="body">
          <ProblemNotice problem={asked.problem} onRetry={asked.again} />
        </div>
      ) : null}
      {asked.pending ? <SkeletonRows rows={3} /> : null}
      {asked.answer?.items.map((gateway) => (
        <Process key={gateway.id} gateway={gateway} />
      ))}
      {asked.answer?.items.length === 0 ? (
        <div className="body">
          <p className="soft">{t('gateway.noReport')}</p>
        </div>
      ) : null}
    </Panel>
  );
}

function Process({ gateway }: { readonly gateway: Gateway }) {
  const { t } = useWords();
  const format = useFormat();
  const { name, state, counters, rates } = gateway;
  return (
    <section className="gateway" aria-label={name} data-gateway={name} data-state={state}>
      <div className="gateway-head">
        <h3 className="wrap">{name}</h3>
        <Badge state={state} tone={tones[state]} words={t(`gatewayState.${state}`)} />
        <span className="soft small">
          {t('gateway.since')} <Moment at={gateway.startedAt} /> · {t('gateway.asOf')} <Moment at={gateway.asOf} seconds />
        </span>
      </div>
      <Reconciliation counters={counters} />
      {state === 'gone' ? <p className="soft">{t('gateway.goneWhat')}</p> : null}
      <dl className="figures">
        {state === 'running' && rates ? (
          <>
            <Figure words={t('gateway.messagesRate')} value={format.number(Number(rates.messages.toPrecision(3)))} unit="/s" />
            <Figure words={t('gateway.valuesRate')} value={format.number(Number(rates.values.toPrecision(3)))} unit="/s" />
            <Figure words={t('gateway.oldestInFlight')} value={format.number(Math.round(counters.oldestInFlightMs / 100) / 10)} unit="s" />
          </>
        ) : null}
        {rest.map((counter) => (
          <Figure key={counter} words={t(`gateway.${counter}` satisfies Phrase)} value={format.number(counters[counter])} />
        ))}
      </dl>
    </section>
  );
}

/** The sentence that must hold at every moment, with its figures. */
function Reconciliation({ counters }: { readonly counters: Gateway['counters'] }) {
  const { t } = useWords();
  const format = useFormat();
  const holds = counters.unaccounted === 0;
  return (
    <div className="reconciliation" data-unaccounted={counters.unaccounted}>
      <Term counter="received" counters={counters} />
      {parts.map((part, index) => (
        <span key={part} className="signed">
          <span className="sign">{index === 0 ? '=' : '+'}</span>
          <Term counter={part} counters={counters} />
        </span>
      ))}
      <span className={holds ? 'holds' : 'fails'}>
        <Icon name={holds ? 'check' : 'warning'} />
        {holds ? t('gateway.holds') : t('gateway.unaccounted', { count: format.number(counters.unaccounted) })}
      </span>
    </div>
  );
}

function Term({ counter, counters }: { readonly counter: 'received' | (typeof parts)[number]; readonly counters: Gateway['counters'] }) {
  const { t } = useWords();
  const format = useFormat();
  return (
    <span className="term">
      <span className="value" data-counter={counter}>
        {format.number(counters[counter])}
      </span>
      <span className="label">{t(`gateway.${counter}`)}</span>
    </span>
  );
}

function Figure({ words, value, unit = '' }: { readonly words: string; readonly value: string; readonly unit?: string }) {
  return (
    <div className="figure">
      <dt className="label">{words}</dt>
      <dd>
        {value} {unit ? <span className="unit">{unit}</span> : null}
      </dd>
    </div>
  );
}
