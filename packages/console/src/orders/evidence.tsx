import { Link } from 'wouter';
import { useFormat } from '../app/platform.js';
import { useWords } from '../words/words.js';

interface EvidenceProps {
  readonly id: string;
  readonly type: string;
  readonly actor: { readonly kind: string; readonly label: string };
  readonly at: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Which page shows a record that an event names. */
const pages = { lot: '/lots/', run: '/runs/', equipment: '/equipment/', job: '/jobs/' } as const;
type Linked = keyof typeof pages;
const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What an event says and who said it, as it stands in the log. */
export function Evidence({ id, type, actor, at, body }: EvidenceProps) {
  const { t } = useWords();
  const format = useFormat();
  const links = (Object.keys(pages) as Linked[]).flatMap((name) => {
    const value = body[name];
    return typeof value === 'string' && uuid.test(value) ? [{ name, to: pages[name] + value }] : [];
  });
  return (
    <div className="evidence stack" style={{ gap: 8 }}>
      {links.length > 0 ? (
        <div className="actions">
          {links.map((link) => (
            <Link key={link.to} href={link.to}>
              {t('timeline.open', { what: t(`record.${link.name}`) })}
            </Link>
          ))}
        </div>
      ) : null}
      <pre className="json" tabIndex={0}>
        {`${type}\n${format.exactly(at)}\n${actor.kind} ${actor.label}\nevent ${id}\n${JSON.stringify(body, null, 2)}`}
      </pre>
    </div>
  );
}
