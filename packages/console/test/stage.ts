import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type Looks, launch, openContext } from './browser.js';
import { startWorld, type World } from './world.js';

export let world: World;
let browser: Browser;
const contexts: BrowserContext[] = [];

/** A world and a browser for the tests of a file; what a test opened is closed after it. */
export function onStage(): void {
  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), launch()]);
  }, 240_000);
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });
}

export async function open(looks: Looks = {}): Promise<BrowserContext> {
  const context = await openContext(browser, looks);
  contexts.push(context);
  return context;
}

/** What happened behind the page, by whom. */
export const tell = async <Answer = { id: string }>(who: string, procedure: string, input: object): Promise<Answer> =>
  (await world.play(who, procedure, { ...input })) as Answer;
