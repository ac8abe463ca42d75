import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../design/button.js';
import { Icon, type IconName, Mark } from '../design/icon.js';
import { ActionMenu, ChoiceMenu } from '../design/menu.js';
import { SearchDialog } from '../search/search-dialog.js';
import { useIndustryPages } from '../verticals/pages.js';
import { useWords } from '../words/words.js';
import { useLiveState } from './live.js';
import { LanguageMenu, ThemeMenu } from './menus.js';
import { useMay } from './permissions.js';
import { useHere, useSignOut } from './session.js';

export function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const [searching, setSearching] = useState(false);
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setSearching(true);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  // A new page begins at its beginning, for eyes and for readers that hear.
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path]);

  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <Rail />
      <header className="top-bar">
        <OrganizationSwitcher />
        <span className="room" />
        <Button className="search-button" icon="search" onClick={() => setSearching(true)}>
          <span className="words">{t('search.open')}</span>
          <span className="kbd" aria-hidden="true">
            {navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}
          </span>
        </Button>
        <LiveDot />
        <LanguageMenu />
        <ThemeMenu />
        <PersonMenu />
      </header>
      <main className="page" id="main" tabIndex={-1} ref={main}>
        {children}
      </main>
      <SearchDialog open={searching} onOpenChange={setSearching} />
    </div>
  );
}

/** What administration there is, and who finds it in the rail. */
const adminParts = [
  { part: 'keys', icon: 'key', permission: 'access.manage_keys' },
  { part: 'members', icon: 'people', permission: 'access.read' },
  { part: 'devices', icon: 'device', permission: 'equipment.read' },
  { part: 'badges', icon: 'people', permission: 'production.badges' },
  { part: 'grants', icon: 'external', permission: 'access.share' },
  { part: 'industries', icon: 'plugin', permission: 'verticals.read' },
  { part: 'terms', icon: 'table', permission: 'orders.terms.view' },
  { part: 'metering', icon: 'chart', permission: 'metering.view' },
] as const;

function Rail() {
  const { t, say } = useWords();
  const may = useMay();
  const pages = useIndustryPages();
  return (
    <nav className="rail" aria-label={t('frame.rail')}>
      <Link className="brand" href="/orders">
        <Mark />
        <span>{t('app.name')}</span>
      </Link>
      <RailLink href="/orders" icon="orders" words={t('rail.orders')} />
      {may('orders.rfq.view') ? (
        <>
          <RailLink href="/rfqs" icon="search" words={t('rail.rfqs')} />
          <RailLink href="/invitations" icon="external" words={t('rail.invitations')} />
        </>
      ) : null}
      {may('orders.statements.view') ? <RailLink href="/statements" icon="table" words={t('rail.statements')} /> : null}
      {may('commerce.leads.view') ? <RailLink href="/leads" icon="people" words={t('leads.title')} /> : null}
      {may('commerce.quotations.view') ? <RailLink href="/quotations" icon="table" words={t('quotations.title')} /> : null}
      <RailLink href="/items" icon="plugin" words={t('items.title')} />
      <RailLink href="/changes" icon="check" words={t('changes.title')} />
      <RailLink href="/equipment" icon="equipment" words={t('rail.equipment')} />
      {may('production.floor.view') ? <RailLink href="/floor" icon="check" words={t('floor.title')} /> : null}
      <RailLink href="/jobs" icon="table" words={t('rail.jobs')} />
      <RailLink href="/runs" icon="runs" words={t('rail.runs')} />
      <RailLink href="/lots" icon="lot" words={t('rail.lots')} />
      <RailLink href="/units" icon="unit" words={t('rail.units')} />
      {may('orders.complaints.view') ? <RailLink href="/complaints" icon="warning" words={t('complaints.title')} /> : null}
      {may('service.view') ? <RailLink href="/cases" icon="table" words={t('cases.title')} /> : null}
      {pages.map(({ vertical, words, pages: own }) => (
        <div key={vertical} style={{ display: 'contents' }}>
          <span className="rail-label">{say(words)}</span>
          {own.map((page) => (
            <RailLink key={page.id} href={`/v/${page.id.replace('.', '/')}`} icon="industry" words={say(page.words)} />
          ))}
        </div>
      ))}
      <span className="rail-label">{t('rail.admin')}</span>
      {adminParts
        .filter(({ permission }) => may(permission))
        .map(({ part, icon }) => (
          <RailLink key={part} href={`/admin/${part}`} icon={icon} words={t(`admin.${part}`)} />
        ))}
    </nav>
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

function OrganizationSwitcher() {
  const { t, say } = useWords();
  const { session, organization } = useHere();
  const [, navigate] = useLocation();
  return (
    <ChoiceMenu
      label={t('menu.organization')}
      trigger={
        <Button look="quiet" className="switcher" aria-label={`${t('menu.organization')}: ${say(organization.name)}`}>
          <strong className="name">{say(organization.name)}</strong>
          <Icon name="down" />
        </Button>
      }
      value={organization.code}
      choices={session.organizations.map((each) => ({
        value: each.code,
        words: (
          <>
            {say(each.name)} <span className="soft mono">{each.code}</span>
          </>
        ),
      }))}
      onChoose={(code) => navigate(`~/o/${code}/orders`)}
    />
  );
}

function PersonMenu() {
  const { t } = useWords();
  const { session } = useHere();
  const signOut = useSignOut();
  return (
    <ActionMenu
      label={t('menu.person')}
      trigger={<Button look="quiet" icon="person" aria-label={`${t('menu.person')}: ${session.person.name}`} title={session.person.name} />}
      head={
        <>
          {session.person.name}
          <br />
          {session.person.email}
        </>
      }
      actions={[{ words: t('menu.signOut'), run: () => void signOut() }]}
    />
  );
}

function LiveDot() {
  const { t } = useWords();
  const state = useLiveState();
  return (
    <span className={`live-dot ${state}`} role="status" title={t(`live.${state}.what`)}>
      <span className="words">{t(`live.${state}`)}</span>
    </span>
  );
}
