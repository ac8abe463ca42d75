import { useCallback, useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const stored = 'yunfab.theme';
const changed = 'yunfab:theme';
const systemDark = () => matchMedia('(prefers-color-scheme: dark)');

function keptTheme(): Theme {
  const kept = localStorage.getItem(stored);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Puts the kept theme on the page; called before the first drawing. */
export function applyTheme(): void {
  const theme = keptTheme();
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}

export function useTheme(): { readonly theme: Theme; readonly choose: (theme: Theme) => void } {
  const theme = useSyncExternalStore(subscribe, keptTheme);
  const choose = useCallback((chosen: Theme) => {
    localStorage.setItem(stored, chosen);
    applyTheme();
    dispatchEvent(new Event(changed));
  }, []);
  return { theme, choose };
}

/** What is drawn now, light or dark; canvases are redrawn when it changes. */
export function useDrawnTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, () => {
    const theme = keptTheme();
    return theme === 'system' ? (systemDark().matches ? 'dark' : 'light') : theme;
  });
}

function subscribe(onChange: () => void): () => void {
  const system = systemDark();
  addEventListener(changed, onChange);
  system.addEventListener('change', onChange);
  return () => {
    removeEventListener(changed, onChange);
    system.removeEventListener('change', onChange);
  };
}
