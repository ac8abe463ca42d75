import { useState } from 'react';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Button } from '../design/button.js';
import { KeptFrom, MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { useWords } from '../words/words.js';
import { CommandEntry } from './command-entry.js';
import type { Declared } from './parameters.js';
import { SendCommand } from './send-command.js';
import type { Device } from './standing.js';

/** That a command was given to its device makes no event. */
const lookEveryMs = 2_000;

interface CommandsPanelProps {
  readonly device: Device;
  /** Null: the model declares nothing, so any may be sent. */
  readonly declared: readonly Declared[] | null;
}

/** What was sent to a device and what came of it, newest first. */
export function CommandsPanel({ device: { device, credential, online }, declared }: CommandsPanelProps) {
  const { t } = useWords();
  const may = useMay();
  const command = may('equipment.command');
  const list = useList(
    ['equipment.commands.list', { device }],
    (yunfab, page, options) => yunfab.equipment.commands.list({ device, limit: 10, ...page }, options),
    { everyMs: lookEveryMs },
  );
  const [sending, setSending] = useState(false);
  const [sent, setSent] = useState<string | null>(null);
  const takesNone = declared?.length === 0;
  return (
    <Panel
      title={t('commands.title', { device })}
      aside={
        command && !takesNone ? (
          <Button look="primary" data-move="send" disabled={credential === 'revoked'} onClick={() => setSending(true)}>
            {t('commands.send')}
          </Button>
        ) : undefined
      }
    >
      <div className="stack">
        {takesNone ? <p className="soft">{t('commands.nothing')}</p> : null}
        {credential === 'revoked' && !takesNone ? <p className="notice warn">{t('commands.revoked')}</p> : null}
        {list.problem ? <ProblemNotice problem={list.problem} onRetry={list.again} /> : null}
        {list.pending ? <SkeletonRows rows={2} /> : null}
        {!list.pending && !list.problem && list.items.length === 0 && !takesNone ? <p className="soft">{t('commands.none')}</p> : null}
        {list.items.length > 0 ? (
          <ol className="timeline" aria-live="polite" aria-relevant="additions text">
            {list.items.map((each) => (
              <CommandEntry key={each.id} command={each} declared={declared} mayCancel={command} openAtFirst={each.id === sent} />
            ))}
          </ol>
        ) : null}
        <MoreButton list={list} />
        <KeptFrom list={list} />
      </div>
      {sending ? (
        <SendCommand device={device} connected={online !== false} declared={declared} onSent={setSent} onDone={() => setSending(false)} />
      ) : null}
    </Panel>
  );
}
