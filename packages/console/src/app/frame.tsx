import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../design/button.js';
import { Icon } from '../design/icon.js';
import { ActionMenu, ChoiceMenu } from '../design/menu.js';
import { SearchDialog } from '../search/search-dialog.js';
import { useWords } from '../words/words.js';
import { useLiveState } from './live.js';
import { LanguageMenu, ThemeMenu } from './menus.js';
import { Rail } from './rail.js';
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
