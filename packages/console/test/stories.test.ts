import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from '@yunfab/core/testing';
import type { Vertical } from '@yunfab/core/verticals';
import { apparel } from '@yunfab/vertical-apparel';
import { fishingGear } from '@yunfab/vertical-fishing-gear';
import { medicalDevice } from '@yunfab/vertical-medical-device';
import { peripherals } from '@yunfab/vertical-peripherals';
import { tire } from '@yunfab/vertical-tire';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openContext, settled, signIn, violations } from './browser.js';

/** What `npm start` shows: five industries at once, each story followed on screen from its order to accepted units. */

interface SignIn {
  readonly organization: string;
  readonly email: string;
  readonly password: string;
}

interface Lot {
  readonly id: string;
  readonly code: string;
}

interface Order {
  readonly id: string;
  readonly number: string;
  readonly supplier: { readonly code: string };
  readonly shipments: readonly {
    readonly lines: readonly { readonly lot: Lot | null; readonly accepted: string }[];
  }[];
}

type Get = <Reply>(path: string) => Promise<Reply>;

const program = fileURLToPath(new URL('../../server/bin/yunfab.js', import.meta.url));
const industries = [tire, medicalDevice, fishingGear, peripherals, apparel].map((each) => each as unknown as Vertical);
const patienceMs = 240_000;

describe.skipIf(!chromiumPath())('the demo world', { timeout: patienceMs }, () => {
  let dataDir: string;
  let demo: ChildProcess;
  let browser: Browser;
  let url = '';
  let signIns: readonly SignIn[] = [];

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'yunfab-stories-'));
    const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], YUNFAB_DATA_DIR: dataDir };
    demo = spawn(process.execPath, [program, 'demo', '--json'], {
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = await new Promise<string>((resolve, reject) => {
      let text = '';
      demo.once('exit', (code) => reject(new Error(`yunfab demo ended with ${code}`)));
      demo.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('\n')) resolve(text);
      });
    });
    ({ httpUrl: url, signIns } = JSON.parse(said) as { httpUrl: string; signIns: readonly SignIn[] });
    browser = await launch();
  }, patienceMs);
  afterAll(async () => {
    await browser?.close();
    if (demo?.exitCode === null) {
      demo.kill('SIGINT');
      await once(demo, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  const sessions = new Map<string, Promise<Get>>();

  /** Reads as the first person of an organization, who signs in once. */
  function as(organization: string): Promise<Get> {
    const session = sessions.get(organization) ?? signedIn(organization);
    sessions.set(organization, session);
    return session;
  }

  async function signedIn(organization: string): Promise<Get> {
    const person = signIns.find((each) => each.organization === organization);
    const reply = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: person?.email, password: person?.password }),
    });
    const cookie = reply.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
    const headers = { cookie };
    return async <Reply>(path: string) => (await (await fetch(`${url}/api/v1${path}`, { headers })).json()) as Reply;
  }

  /** The first order of the story of which units were accepted that the industry's gate let go; the machines tell their past while this waits. */
  async function acceptedOrder({ id, story, gates = [] }: Vertical): Promise<{ buyer: string; order: Order; lot: Lot }> {
    const ofIndustry = gates.map((gate) => gate.id);
    // An order may also come of a quotation, so every company of the story is asked.
    const buyers = (story?.organizations ?? []).map(({ code }) => code);
    for (const until = Date.now() + patienceMs - 60_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 2_000))) {
      for (const buyer of buyers) {
        const get = await as(buyer);
        const { items } = await get<{ items: readonly { id: string }[] }>('/orders?side=buyer');
        for (const { id: order } of items) {
          const found = await get<Order>(`/orders/${order}`);
          for (const { lot, accepted } of found.shipments.flatMap(({ lines }) => lines)) {
            if (lot === null || Number(accepted) === 0) continue;
            const maker = await as(found.supplier.code);
            const { findings } = await maker<{ findings: readonly { predicate: string }[] }>(`/lots/${lot.id}/release`);
            if (findings.some(({ predicate }) => ofIndustry.includes(predicate))) return { buyer, order: found, lot };
          }
        }
      }
    }
    throw new Error(`no order of ${id} has an accepted unit`);
  }

  const passwordOf = (email: string) => signIns.find((each) => each.email === email)?.password ?? '';
  const personOf = (organization: string) => signIns.find((each) => each.organization === organization)?.email ?? '';

  it.each(industries.map((vertical) => [vertical.id, vertical] as const))(
    '%s: from the order to the accepted unit',
    async (id, vertical) => {
      const { buyer, order, lot } = await acceptedOrder(vertical);
      const world = { url, passwordOf } as Parameters<typeof signIn>[1];

      const theirs = await openContext(browser, { language: 'en', theme: 'light' });
      const page = await signIn(theirs, world, personOf(buyer), `/o/${buyer}/orders/${order.id}`);
      await settled(page);
      expect(await page.locator('body').innerText()).toContain(order.number);
      expect(await page.locator('body').innerText()).toContain(lot.code);
      await theirs.close();

      const maker = order.supplier.code;
      const mine = await openContext(browser, { language: 'zh', theme: 'dark' });
      const made = await signIn(mine, world, personOf(maker), `/o/${maker}/lots/${lot.id}`);
      await settled(made);
      const gates = (vertical.gates ?? []).map(({ words }) => words.zh);
      const said = await made.locator('body').innerText();
      expect(gates.some((words) => said.includes(words))).toBe(true);

      for (const { id: pageId, words } of vertical.pages ?? []) {
        await made.goto(`${url}/o/${maker}/v/${id}/${pageId.slice(id.length + 1)}`);
        await settled(made);
        const text = await made.locator('body').innerText();
        expect([pageId, text.includes(words.zh)]).toEqual([pageId, true]);
        expect([pageId, await made.locator('.notice.bad').count()]).toEqual([pageId, 0]);
        expect([pageId, await violations(made)]).toEqual([pageId, []]);
      }

      const get = await as(maker);
      const { items: units } = await get<{ items: readonly { id: string; serial: string }[] }>(`/units?lot=${lot.id}&limit=1`);
      const [unit] = units;
      if (unit) {
        await made.goto(`${url}/o/${maker}/units/${unit.id}`);
        await settled(made);
        expect(await made.locator('body').innerText()).toContain(unit.serial);
      }
      await mine.close();
    },
  );
});
