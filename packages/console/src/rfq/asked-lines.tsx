import type { Client } from '../app/client.js';
import { useFormat } from '../app/platform.js';
import { useHere } from '../app/session.js';
import { Panel } from '../design/panel.js';
import { Specification } from '../orders/specification.js';
import { useWords } from '../words/words.js';

type Content = NonNullable<Awaited<ReturnType<Client['orders']['rfq']['invitations']['get']>>['content']>;
type AskedLine = Content['lines'][number] & { readonly awarded?: string; readonly left?: string };

/** What is asked for: quantities, specification, drawings of the `record` that opens them; the buyer's own view also says what is awarded. */
export function AskedLines({ record, lines }: { readonly record: string; readonly lines: readonly AskedLine[] }) {
  const { t } = useWords();
  const format = useFormat();
  const { organization } = useHere();
  const at = `record=${record}&organization=${encodeURIComponent(organization.code)}`;
  return (
    <Panel title={t('rfq.lines')}>
      <div className="stack">
        {lines.map((line) => (
          <div key={line.id} className="stack" style={{ gap: 6 }} data-line={line.position}>
            <div className="actions" style={{ justifyContent: 'space-between' }}>
              <h3>
                {line.position}. {line.description}
              </h3>
              <span className="nowrap">
                {format.quantity(line.quantity.value, line.quantity.unit)}
                {line.left === undefined ? null : (
                  <span className="soft"> · {t('rfq.leftOf', { left: format.quantity(line.left, line.quantity.unit) })}</span>
                )}
              </span>
            </div>
            {line.breaks.length > 0 ? (
              <p className="soft small">
                {t('rfq.breaks')}: {line.breaks.map((each) => format.number(each)).join(' · ')}
              </p>
            ) : null}
            {line.specification ? <Specification specification={line.specification} /> : null}
            {line.note ? <p className="soft small">{line.note}</p> : null}
            {line.files.length > 0 ? (
              <ul className="small" style={{ margin: 0, paddingInlineStart: 18 }}>
                {line.files.map((file) => (
                  <li key={file.name}>
                    <a href={`/api/files/${file.sha256}?${at}`} download={file.name} style={{ textDecoration: 'underline' }}>
                      {file.name}
                    </a>
                    {file.revision ? (
                      <>
                        {' '}
                        · {t('files.revision')} {file.revision}
                      </>
                    ) : null}{' '}
                    <span className="soft mono" title={`SHA-256 ${file.sha256}`}>
                      {file.sha256.slice(0, 12)}…
                    </span>
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
        ))}
      </div>
    </Panel>
  );
}
