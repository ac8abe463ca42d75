import { ListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

/** Who may read what of ours beyond its parties, why and until when; and what others let us read. */
export function GrantsPanel() {
  const { t } = useWords();
  const list = useList(['access.grants.list', {}], (yunfab, page, options) => yunfab.access.grants.list(page, options));
  return (
    <Panel title={t('admin.grants')} flush>
      <ListTable
        list={list}
        skeletonRows={4}
        label={t('admin.grants')}
        keyOf={(grant) => grant.id}
        columns={[
          { name: 'record', words: t('grants.record'), cell: (grant) => <code>{grant.record}</code> },
          { name: 'organization', words: t('grants.reader'), cell: (grant) => grant.organization },
          {
            name: 'state',
            words: t('orders.state'),
            cell: (grant) => (
              <Badge state={grant.revokedAt ? 'revoked' : 'live'} words={t(grant.revokedAt ? 'grants.ended' : 'grants.live')} />
            ),
          },
          { name: 'reason', words: t('orders.reason'), wide: true, cell: (grant) => grant.reason },
          { name: 'by', words: t('grants.by'), wide: true, cell: (grant) => grant.grantedBy },
          {
            name: 'expires',
            words: t('grants.until'),
            cell: (grant) => (grant.revokedAt ? <Moment at={grant.revokedAt} /> : grant.expiresAt ? <Moment at={grant.expiresAt} /> : '–'),
          },
        ]}
        none={
          <Empty
            title={t('grants.none')}
            what={t('grants.noneWhat')}
            sdk="await yunfab.access.grants.give({ record: lot, organization: 'shanhai', reason: '…', expiresAt })"
          />
        }
      />
    </Panel>
  );
}
