import { createCallerFactory, requestErrors } from '@yunfab/core/commands';
import { add, currencies, unitOf } from '@yunfab/core/measure';
import type { StatementLineView, StatementView } from '@yunfab/core/orders';
import { type PaperLanguage, paperLanguages, renderStatement, type Statement, type Words } from '@yunfab/papers';
import contentDisposition from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { statementCsv } from './statement-csv.js';
import type { RpcOptions } from './trpc.js';

const asked = z.object({
  file: z
    .string()
    .regex(/^[0-9a-f-]{36}\.(pdf|csv)$/)
    .transform((file) => ({ statement: file.slice(0, -4), format: file.slice(-3) as 'pdf' | 'csv' })),
  language: z.enum(paperLanguages).default('both'),
  /** For links, which carry no header: code of the organization to act for. */
  organization: z.string().max(40).optional(),
});

/**
 * `GET /api/papers/statement/{statement}.pdf?language=en|zh|both`, and `.csv`. What they hold, and whether it may be read, is
 * the answer of the procedure `orders.statements.get`.
 */
export function statementPaperRoutes({ router, contextOf }: RpcOptions) {
  const createCaller = createCallerFactory(router);
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/api/papers/statement/:file', async (request, reply) => {
      const { file, language, organization } = whatIsAsked(request);
      if (organization !== undefined) request.headers['x-yunfab-organization'] ??= organization;
      const caller = createCaller(await contextOf(request)) as unknown as {
        orders: { statements: { get(input: { statement: string }): Promise<StatementView> } };
      };
      const statement = await caller.orders.statements.get({ statement: file.statement });
      const name = `statement-${statement.number}.${file.format}`;
      return file.format === 'pdf'
        ? send(reply, { name, type: 'application/pdf', shown: 'inline' }, Buffer.from(await renderStatement(paperOf(statement, language))))
        : send(reply, { name, type: 'text/csv; charset=utf-8', shown: 'attachment' }, Buffer.from(statementCsv(statement, language)));
    });
  };
}

function whatIsAsked(request: FastifyRequest): z.output<typeof asked> {
  const read = asked.safeParse({ ...(request.query as object), ...(request.params as object) });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw requestErrors.invalid({ field: issue?.path.join('.'), problem: issue?.message });
}

/** Asked again each time, because a grant may have ended. */
function send(
  reply: FastifyReply,
  { name, type, shown }: { readonly name: string; readonly type: string; readonly shown: 'inline' | 'attachment' },
  body: Buffer,
): FastifyReply {
  return reply
    .headers({
      'content-type': type,
      'content-disposition': contentDisposition(name, { type: shown }),
      'cache-control': 'private, no-cache',
      vary: 'authorization, cookie, x-yunfab-organization',
    })
    .send(body);
}

/** The instant of the last move stands as the paper's date, so that the same statement gives the same bytes. */
export function paperOf(statement: StatementView, language: PaperLanguage): Statement {
  const kept = statement.lines.filter(({ state }) => state !== 'excluded');
  const above = kept.filter(({ kind }) => kind !== 'deduction');
  const { currency } = statement;
  return {
    language,
    number: statement.number,
    issuedAt: statement.changedAt,
    issuedOn: chinaDay(statement.sentAt ?? statement.draftedAt),
    period: `${statement.from} – ${statement.to}`,
    state: statement.stateWords,
    supplier: { name: statement.supplier.name, registration: statement.supplier.registration },
    buyer: { name: statement.buyer.name, registration: statement.buyer.registration },
    currency,
    lines: above.map((line) => ({
      acceptedOn: line.acceptedOn ?? '–',
      order: line.order?.number ?? '–',
      deliveryNote: line.shipment?.number ?? '–',
      description: line.description,
      details: detailsOf(line),
      quantity: { value: line.quantity?.value ?? '–', unit: line.quantity ? unitWords(line.quantity.unit) : '–' },
      unitPrice: line.unitPrice?.amount ?? '–',
      net: fixed(line.net),
      taxRate: line.taxRate,
      tax: fixed(line.tax),
      gross: fixed(line.gross),
      state: line.stateWords,
    })),
    deductions: kept
      .filter(({ kind }) => kind === 'deduction')
      .map((line) => ({
        reason: `${bothOf(line.typeWords ?? line.kindWords, language)}: ${line.reason ?? ''}`,
        lot: line.lot?.code ?? null,
        reference: [line.order?.number, line.shipment?.number].filter(Boolean).join(' / ') || null,
        amount: unsigned(fixed(line.gross)),
      })),
    net: fixed({ amount: add('0', ...statement.taxes.map(({ net }) => net.amount)), currency }),
    taxes: statement.taxes.map(({ rate, tax }) => ({ rate, amount: fixed(tax) })),
    deducted: unsigned(fixed(statement.deducted)),
    total: fixed(statement.total),
    dueOn: statement.dueOn,
    note: statement.note,
  };
}

function detailsOf(line: StatementLineView): (string | Words)[] {
  const { kind, lot, kindWords, typeWords, priceReduction, acceptedAs, reason, dispute } = line;
  return [
    ...(kind === 'goods' ? [] : [typeWords ?? kindWords]),
    ...(lot ? [lot.code] : []),
    ...(acceptedAs === 'conceded' ? [{ en: `Concession −${priceReduction} %`, zh: `让步接收 −${priceReduction} %` }] : []),
    ...(reason ? [reason] : []),
    ...(dispute ? [{ en: `Disputed: ${dispute.reason}`, zh: `异议：${dispute.reason}` }] : []),
  ];
}

type Money = StatementView['total'];

/** With all its minor digits, exactly: `30` in CNY is `30.00`. */
export function fixed({ amount, currency }: Money): string {
  const digits = currencies[currency];
  const [whole = '0', part = ''] = amount.split('.');
  return digits === 0 && part === '' ? whole : `${whole}.${part.padEnd(digits, '0')}`;
}

const unsigned = (amount: string): string => amount.replace(/^-/, '');

export const unitWords = (unit: string): Words => {
  const { symbol, zh } = unitOf(unit);
  return { en: symbol, zh };
};

export const bothOf = ({ en, zh }: Words, language: PaperLanguage): string =>
  language === 'both' ? `${zh} ${en}` : language === 'zh' ? zh : en;

const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });
const chinaDay = (at: string): string => calendar.format(new Date(at));
