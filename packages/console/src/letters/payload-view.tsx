import { useMemo, useState } from 'react';
import type { Client } from '../app/client.js';
import { useFormat } from '../app/platform.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Panel } from '../design/panel.js';
import { saveBytes } from '../picture/save.js';
import { useWords } from '../words/words.js';
import { bytesOf, hexDump, readPayload, visible } from './payload.js';

type Letter = Awaited<ReturnType<Client['equipment']['deadLetters']['get']>>;
type Look = 'json' | 'text' | 'hex';

/** So much is drawn; the file has all that was kept. */
const mostShown = 32 * 1024;

/** What a device sent, as it came: never rendered as anything but characters. */
export function PayloadView({ letter }: { readonly letter: Letter }) {
  const { t } = useWords();
  const format = useFormat();
  const bytes = useMemo(() => bytesOf(letter.base64), [letter.base64]);
  const payload = useMemo(() => readPayload(bytes), [bytes]);
  const [asked, setLook] = useState<Look | null>(null);
  const look = asked ?? (payload.json === null ? (payload.isText ? 'text' : 'hex') : 'json');
  const written = look === 'hex' ? hexDump(bytes.subarray(0, mostShown)) : look === 'json' ? (payload.json ?? '') : payload.text;
  const shown = look === 'hex' ? written : written.slice(0, mostShown);
  const cut = look === 'hex' ? bytes.length > mostShown : written.length > mostShown;
  return (
    <Panel
      title={t('letter.payload')}
      aside={
        <>
          <Chips<Look>
            label={t('letter.shownAs')}
            value={look}
            onChoose={(chosen) => chosen && setLook(chosen)}
            choices={[
              ...(payload.json === null ? [] : [{ value: 'json' as const, words: 'JSON' }]),
              { value: 'text', words: t('letter.text') },
              { value: 'hex', words: t('letter.hex') },
            ]}
          />
          <Button look="quiet" icon="download" onClick={() => saveBytes(`${letter.device || 'message'}-${letter.id}.bin`, bytes)}>
            {t('letter.download')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {letter.whole ? null : (
          <p className="notice warn" data-cut>
            {t('letter.cut', { kept: format.number(bytes.length), size: format.number(letter.size) })}
          </p>
        )}
        {payload.isText ? null : <p className="soft">{t('letter.notText')}</p>}
        <pre className={look === 'hex' ? 'payload' : 'payload text'} data-payload={look} tabIndex={0} aria-label={t('letter.payload')}>
          {look === 'hex'
            ? shown
            : visible(shown).map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text))}
        </pre>
        {cut ? <p className="soft">{t('letter.shownFirst', { shown: '32 KiB' })}</p> : null}
      </div>
    </Panel>
  );
}
