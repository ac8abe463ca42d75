import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { Icon, type IconName, Mark } from '../design/icon.js';
import { useIndustryPages } from '../verticals/pages.js';
import { type Phrase, useWords } from '../words/words.js';
import { useMay } from './permissions.js';

interface Entry {
  readonly href: string;
  readonly icon: IconName;
  readonly words: Phrase;
  /** Who finds it in the rail: everybody when null. */
  readonly permission: string | null;
}

/** By the job that somebody has; industries stand between engineering and administration. */
const trade: readonly Entry[] = [
  { href: '/orders', icon: 'orders', words: 'rail.orders', permission: null },
  { href: '/rfqs', icon: 'search', words: 'rail.rfqs', permission: 'orders.rfq.view' },
  { href: '/invitations', icon: 'external', words: 'rail.invitations', permission: 'orders.rfq.view' },
  { href: '/packages', icon: 'lot', words: 'scan.title', permission: 'orders.view' },
  { href: '/statements', icon: 'table', words: 'rail.statements', permission: 'orders.statements.view' },
  { href: '/complaints', icon: 'warning', words: 'complaints.title', permission: 'orders.complaints.view' },
];
const sales: readonly Entry[] = [
  { href: '/leads', icon: 'people', words: 'leads.title', permission: 'commerce.leads.view' },
  { href: '/quotations', icon: 'table', words: 'quotations.title', permission: 'commerce.quotations.view' },
  { href: '/cases', icon: 'person', words: 'cases.title', permission: 'service.view' },
];
const factory: readonly Entry[] = [
  { href: '/floor', icon: 'check', words: 'floor.title', permission: 'production.floor.view' },
  { href: '/jobs', icon: 'table', words: 'rail.jobs', permission: null },
  { href: '/losses', icon: 'chart', words: 'losses.title', permission: 'production.view' },
  { href: '/runs', icon: 'runs', words: 'rail.runs', permission: null },
  { href: '/equipment', icon: 'equipment', words: 'rail.equipment', permission: null },
  { href: '/gateway', icon: 'device', words: 'gateway.title', permission: 'equipment.read' },
  { href: '/dead-letters', icon: 'warning', words: 'letters.title', permission: 'equipment.read' },
  { href: '/lots', icon: 'lot', words: 'rail.lots', permission: null },
  { href: '/units', icon: 'unit', words: 'rail.units', permission: null },
];
const engineering: readonly Entry[] = [
  { href: '/items', icon: 'plugin', words: 'items.title', permission: null },
  { href: '/changes', icon: 'check', words: 'changes.title', permission: null },
];
const admin: readonly Entry[] = [
  { href: '/admin/keys', icon: 'key', words: 'admin.keys', permission: 'access.manage_keys' },
  { href: '/admin/members', icon: 'people', words: 'admin.members', permission: 'access.read' },
  { href: '/admin/devices', icon: 'device', words: 'admin.devices', permission: 'equipment.read' },
  { href: '/admin/badges', icon: 'people', words: 'admin.badges', permission: 'production.badges' },
  { href: '/admin/grants', icon: 'external', words: 'admin.grants', permission: 'access.share' },
  { href: '/admin/industries', icon: 'plugin', words: 'admin.industries', permission: 'verticals.read' },
  { href: '/admin/packaging', icon: 'lot', words: 'admin.packaging', permission: 'orders.view' },
  { href: '/admin/terms', icon: 'table', words: 'admin.terms', permission: 'orders.terms.view' },
  { href: '/admin/metering', icon: 'chart', words: 'admin.metering', permission: 'metering.view' },
];

export function Rail() {
  const { t, say } = useWords();
  const pages = useIndustryPages();
  return (
    <nav className="rail" aria-label={t('frame.rail')}>
      <Link className="brand" href="/orders">
        <Mark />
        <span>{t('app.name')}</span>
      </Link>
      <Section words={t('rail.trade')} entries={trade} />
      <Section words={t('rail.sales')} entries={sales} />
      <Section words={t('rail.factory')} entries={factory} />
      <Section words={t('rail.engineering')} entries={engineering} />
      {pages.map(({ vertical, words, pages: own }) => (
        <div key={vertical} style={{ display: 'contents' }}>
          <span className="rail-label">{say(words)}</span>
          {own.map((page) => (
            <RailLink key={page.id} href={`/v/${page.id.replace('.', '/')}`} icon="industry" words={say(page.words)} />
          ))}
        </div>
      ))}
      <Section words={t('rail.admin')} entries={admin} />
    </nav>
  );
}

function Section({ words, entries }: { readonly words: string; readonly entries: readonly Entry[] }) {
  const { t } = useWords();
  const may = useMay();
  const open = entries.filter(({ permission }) => permission === null || may(permission));
  if (open.length === 0) return null;
  return (
    <>
      <span className="rail-label">{words}</span>
      {open.map((entry) => (
        <RailLink key={entry.href} href={entry.href} icon={entry.icon} words={t(entry.words)} />
      ))}
    </>
  );
}

function RailLink({ href, icon, words }: { readonly href: string; readonly icon: IconName; readonly words: string }) {
  const [path] = useLocation();
  const current = path === href || path.startsWith(`${href}/`);
  const link = useRef<HTMLAnchorElement>(null);
  // On a phone the rail is a strip that scrolls sideways.
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <Link ref={link} className="rail-link" href={href} aria-current={current ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{words}</span>
    </Link>
  );
}
