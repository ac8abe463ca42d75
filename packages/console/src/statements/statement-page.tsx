import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk, usePlatform } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Icon } from '../design/icon.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { CalendarDate, Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';
import { statementTone } from './statement-board.js';
import { StatementLines } from './statement-lines.js';
import { StatementMoves } from './statement-moves.js';

export type Statement = Awaited<ReturnType<Client['orders']['statements']['get']>>;
export type StatementLine = Statement['lines'][number];

export function StatementPage({ statement: id }: { readonly statement: string }) {
  const asked = useAsk(['orders.statements.get', { statement: id }], (yunfab, options) =>
    yunfab.orders.statements.get({ statement: id }, options),
  );
  return (
    <Screen asked={asked}>
      {(statement) => (
        <>
          <StatementHead statement={statement} />
          <div className="stack">
            <Sums statement={statement} />
            <StatementLines statement={statement} />
          </div>
        </>
      )}
    </Screen>
  );
}

function StatementHead({ statement }: { readonly statement: Statement }) {
  const { t, say, language } = useWords();
  const { organization } = usePlatform();
  const paper = (format: 'pdf' | 'csv') =>
    `/api/papers/statement/${statement.id}.${format}?language=${format === 'csv' ? language : 'both'}&organization=${organization.code}`;
  const other = statement.side === 'buyer' ? statement.supplier : statement.buyer;
  return (
    <PageHead
      title={statement.number}
      badge={
        <Badge
          state={statement.state}
          words={statement.stateWords}
          tone={statement.daysOverdue ? 'warn' : statementTone(statement.state)}
        />
      }
      crumbs={
        <>
          <Link href="/statements">{t('statements.title')}</Link>
          <span aria-hidden="true">/</span>
          <span>{t(statement.side === 'buyer' ? 'statements.billedBy' : 'statements.billedTo', { organization: say(other.name) })}</span>
        </>
      }
    >
      <div className="actions end">
        <a className="button" href={paper('pdf')} target="_blank" rel="noreferrer" data-paper="pdf">
          <Icon name="download" />
          {t('statements.pdf')}
        </a>
        <StatementMoves statement={statement} more={[{ words: t('statements.csv'), href: paper('csv') }]} />
      </div>
    </PageHead>
  );
}

function Sums({ statement }: { readonly statement: Statement }) {
  const { t } = useWords();
  const { payment } = statement;
  return (
    <Panel title={t('statements.sums')} aside={<Money {...statement.total} />}>
      <Facts
        facts={[
          {
            label: t('statements.period'),
            value: (
              <>
                <CalendarDate on={statement.from} /> – <CalendarDate on={statement.to} />
              </>
            ),
          },
          { label: t('statements.billed'), value: <Money {...statement.billed} /> },
          { label: t('statements.credited'), value: <Money {...statement.credited} /> },
          { label: t('statements.deducted'), value: <Money {...statement.deducted} /> },
          { label: t('statements.net'), value: <Money {...statement.net} /> },
          ...statement.taxes.map(({ rate, tax }) => ({ label: t('statements.taxAt', { rate }), value: <Money {...tax} /> })),
          { label: t('statements.total'), value: <Money {...statement.total} /> },
          statement.dues.length > 0 && {
            label: t('statements.dues'),
            value: statement.dues.map(({ dueOn, amount }) => (
              <div key={dueOn}>
                <CalendarDate on={dueOn} /> · <Money {...amount} />
              </div>
            )),
          },
          payment && {
            label: t('statements.payment'),
            value: (
              <>
                <CalendarDate on={payment.paidOn} /> · {payment.reference}
              </>
            ),
          },
          { label: t('orders.changed'), value: <Moment at={statement.changedAt} /> },
          statement.note ? { label: t('orders.note'), value: statement.note } : null,
          statement.reason ? { label: t('orders.reason'), value: statement.reason } : null,
        ]}
      />
    </Panel>
  );
}
