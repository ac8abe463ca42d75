import { AxeBuilder } from '@axe-core/playwright';
import { chromiumPath } from '@yunfab/core/testing';
import { type Browser, type BrowserContext, type Cookie, chromium, type Page } from 'playwright-core';
import type { World } from './world.js';

export function launch(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('there is no Chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export interface Looks {
  readonly language?: 'en' | 'zh';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** As on a tablet: fingers, no mouse. */
  readonly touch?: boolean;
}

/** A browser profile of its own, as another company's computer would be. */
export async function openContext(
  browser: Browser,
  { language = 'en', theme = 'light', width = 1440, height = 900, touch = false }: Looks = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height }, hasTouch: touch, isMobile: touch });
  await context.addInitScript(
    ([chosenLanguage, chosenTheme]) => {
      localStorage.setItem('yunfab.language', chosenLanguage);
      localStorage.setItem('yunfab.theme', chosenTheme);
    },
    [language, theme] as const,
  );
  return context;
}

/** Sessions of people by the world that they are in: whoever signed in once comes back without the form. */
const sessions = new WeakMap<World, Map<string, Cookie[]>>();

/** Signs in as a person does, the first time, and waits for the first page. */
export async function signIn(context: BrowserContext, world: World, email: string, path = '/'): Promise<Page> {
  const known = sessions.get(world) ?? new Map<string, Cookie[]>();
  sessions.set(world, known);
  const page = await context.newPage();
  const cookies = known.get(email);
  if (cookies) {
    await context.addCookies(cookies);
    await page.goto(`${world.url}${path}`);
  } else {
    await page.goto(`${world.url}/sign-in?to=${encodeURIComponent(path)}`);
    await page.fill('input[name=email]', email);
    await page.fill('input[name=password]', world.passwordOf(email));
    await page.keyboard.press('Enter');
  }
  await page.waitForURL(/\/o\//);
  known.set(email, await context.cookies());
  return page;
}

/** A picture of the page where `YUNFAB_SHOTS` names a folder. */
export async function shoot(page: Page, name: string): Promise<void> {
  const shots = process.env['YUNFAB_SHOTS'];
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

/** By how many pixels the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Everything that reached a browser: the text of pages, HTTP bodies, frames of sockets. */
export interface Record {
  holds(words: string): string[];
}

export function record(context: BrowserContext): Record {
  const heard: { readonly from: string; readonly text: string }[] = [];
  const waiting: Promise<void>[] = [];
  context.on('response', (response) => {
    const reading = response
      .text()
      .then((text) => void heard.push({ from: response.url(), text }))
      .catch(() => {});
    waiting.push(reading);
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => heard.push({ from: `socket ${socket.url()}`, text: payload.toString() }));
    });
  });
  return { holds: (words) => heard.filter(({ text }) => text.includes(words)).map(({ from }) => from) };
}

/** Every violation of WCAG 2.2 A and AA on the page, as a sentence. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.replaceAll('\n', ' ') ?? ''}`),
  );
}

/** Waits until nothing on the page says that it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('h1') !== null && document.querySelectorAll('.skeleton').length === 0);
}
