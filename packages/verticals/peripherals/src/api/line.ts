import { z } from 'zod';
import { readCfxMessage } from '../cfx/message.js';
import { decodeAutomaticStatus, decodeRealTimeStatus, readHexBytes } from '../escpos/status.js';
import { conditions } from '../escpos/tables.js';
import { issue } from '../issue.js';
import { type Builder, issuesSchema, tags, words } from './shared.js';

const answer = z.string().trim().max(10).optional();

export const lineApi = ({ query }: Builder) => ({
  escpos: {
    decode: query({
      permission: 'peripherals.line.read',
      rest: {
        method: 'GET',
        path: '/peripherals/escpos',
        summary: 'What an ESC/POS printer says of itself: DLE EOT answers or an Automatic Status Back',
        tags,
      },
      input: z.object({ dleEot1: answer, dleEot2: answer, dleEot3: answer, dleEot4: answer, asb: z.string().trim().max(40).optional() }),
      output: z.object({
        ready: z.boolean().nullable(),
        conditions: z.array(z.object({ id: z.string(), words })),
        told: words,
        issues: issuesSchema,
        problems: words,
      }),
      run: async (_call, { asb, ...given }) => {
        const issues: { at: string; words: { en: string; zh: string } }[] = [];
        const answers: Record<number, number> = {};
        for (const [index, text] of Object.values({ 1: given.dleEot1, 2: given.dleEot2, 3: given.dleEot3, 4: given.dleEot4 }).entries()) {
          if (!text) continue;
          const read = readHexBytes(text, `dleEot${index + 1}`);
          issues.push(...read.issues);
          if (read.bytes.length > 1) issues.push(issue(`dleEot${index + 1}`, 'One byte answers DLE EOT', 'DLE EOT 的应答为一个字节'));
          else if (read.bytes[0] !== undefined) answers[index + 1] = read.bytes[0];
        }
        const told: string[] = [];
        let ready: boolean | null = null;
        const take = ({ status, issues: found }: ReturnType<typeof decodeAutomaticStatus>) => {
          issues.push(...found);
          if (!status) return;
          told.push(...status.conditions.filter((each) => !told.includes(each)));
          ready = (ready ?? true) && status.ready;
        };
        if (asb) {
          const read = readHexBytes(asb, 'asb');
          issues.push(...read.issues);
          if (read.issues.length === 0) take(decodeAutomaticStatus(read.bytes));
        }
        if (Object.keys(answers).length > 0 || (!asb && issues.length === 0)) take(decodeRealTimeStatus(answers));
        const found = told.map((id) => ({ id, words: { ...conditions[id as keyof typeof conditions] } }));
        return {
          ready,
          conditions: found,
          told: joined(found.map((each) => each.words)),
          issues,
          problems: joined(issues.map((each) => each.words)),
        };
      },
    }),
  },
  cfx: {
    read: query({
      permission: 'peripherals.line.read',
      rest: { method: 'GET', path: '/peripherals/cfx', summary: 'What an IPC-CFX message of the line says', tags },
      input: z.object({ message: z.string().max(60_000) }),
      output: z.object({
        name: z.string().nullable(),
        at: z.iso.datetime().nullable(),
        source: z.string().nullable(),
        kind: z.string().nullable(),
        /** The content as JSON. */
        content: z.string().nullable(),
        issues: issuesSchema,
        problems: words,
      }),
      run: async (_call, { message: text }) => {
        const { message, issues } = readJson(text);
        return {
          name: message?.name ?? null,
          at: message?.at ?? null,
          source: message?.source ?? null,
          kind: message?.content.kind ?? null,
          content: message ? JSON.stringify(message.content) : null,
          issues: [...issues],
          problems: joined(issues.map((each) => each.words)),
        };
      },
    }),
  },
});

function readJson(text: string): ReturnType<typeof readCfxMessage> {
  try {
    return readCfxMessage(JSON.parse(text));
  } catch {
    return { message: null, issues: [issue('message', 'This is no JSON', '这不是 JSON')] };
  }
}

const joined = (sentences: readonly { en: string; zh: string }[]) => ({
  en: sentences.map(({ en }) => en).join('; ') || '–',
  zh: sentences.map(({ zh }) => zh).join('；') || '–',
});
