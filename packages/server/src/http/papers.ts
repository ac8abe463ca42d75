import { createCallerFactory, requestErrors } from '@yunfab/core/commands';
import type { ShipmentPaper } from '@yunfab/core/orders';
import {
  type Consignment,
  type PaperLanguage,
  type PaperPackage,
  paperLanguages,
  renderDeliveryNote,
  renderPackingList,
} from '@yunfab/papers';
import contentDisposition from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RpcOptions } from './trpc.js';

const asked = z.object({
  order: z.uuid(),
  shipment: z
    .string()
    .regex(/\.pdf$/)
    .transform((file) => file.slice(0, -4))
    .pipe(z.uuid()),
  language: z.enum(paperLanguages).default('both'),
  /** For links, which carry no header: code of the organization to act for. */
  organization: z.string().max(40).optional(),
});

const shipmentPapers: Readonly<Record<string, (paper: ShipmentPaper, language: PaperLanguage) => Promise<Uint8Array>>> = {
  'delivery-note': deliveryNote,
  'packing-list': packingList,
};

/**
 * Papers as PDF: `GET /api/papers/delivery-note/{order}/{shipment}.pdf?language=en|zh|both`, and `packing-list`. What they
 * print, and whether it may be read, is the answer of the procedure `orders.shipments.paper`.
 */
export function paperRoutes({ router, contextOf }: RpcOptions) {
  const createCaller = createCallerFactory(router);
  return async (app: FastifyInstance): Promise<void> => {
    for (const [kind, render] of Object.entries(shipmentPapers))
      app.get(`/api/papers/${kind}/:order/:shipment`, async (request, reply) => {
        const { order, shipment, language, organization } = whatIsAsked(request);
        if (organization !== undefined) request.headers['x-yunfab-organization'] ??= organization;
        const caller = createCaller(await contextOf(request)) as unknown as {
          orders: { shipments: { paper(input: { order: string; shipment: string }): Promise<ShipmentPaper> } };
        };
        const paper = await caller.orders.shipments.paper({ order, shipment });
        return sendPdf(reply, `${kind}-${paper.number}.pdf`, await render(paper, language));
      });
  };
}

/** Shown by the browser, which prints or keeps it; asked again each time, because a grant may have ended. */
export function sendPdf(reply: FastifyReply, name: string, pdf: Uint8Array): FastifyReply {
  return reply
    .headers({
      'content-type': 'application/pdf',
      'content-disposition': contentDisposition(name, { type: 'inline' }),
      'cache-control': 'private, no-cache',
      vary: 'authorization, cookie, x-yunfab-organization',
    })
    .send(Buffer.from(pdf));
}

function whatIsAsked(request: FastifyRequest): z.output<typeof asked> {
  const read = asked.safeParse({ ...(request.query as object), ...(request.params as object) });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw requestErrors.invalid({ field: issue?.path.join('.'), problem: issue?.message });
}

function deliveryNote(paper: ShipmentPaper, language: PaperLanguage): Promise<Uint8Array> {
  const lines = paper.lines.map(({ position, description, lot, quantity, unit, ordered, shippedToDate }) => ({
    ...{ position, description, lot, ordered, shippedToDate },
    quantity: { value: quantity, unit },
  }));
  return renderDeliveryNote({ ...consignmentOf(paper, language), lines });
}

function packingList(paper: ShipmentPaper, language: PaperLanguage): Promise<Uint8Array> {
  const byLine = new Map(paper.lines.map((line) => [line.shipmentLine, line]));
  const inside = (holder: string | null): PaperPackage[] =>
    paper.packages
      .filter((each) => each.inside === holder)
      .map(({ id, number, sscc, typeWords, grossKg, netKg, size, contents }) => ({
        ...{ number, sscc, type: typeWords, grossKg, netKg },
        sizeMm: size && ([size.lengthMm, size.widthMm, size.heightMm] as const),
        contents: contents.map(({ shipmentLine, quantity, serials }) => {
          const line = byLine.get(shipmentLine);
          const amount = { value: quantity.value, unit: line?.unit ?? quantity.unit };
          return { position: line?.position ?? 0, description: line?.description ?? '', lot: line?.lot ?? null, quantity: amount, serials };
        }),
        packages: inside(id),
      }));
  return renderPackingList({ ...consignmentOf(paper, language), packages: inside(null) });
}

function consignmentOf(paper: ShipmentPaper, language: PaperLanguage): Consignment {
  const { number, shippedAt, shippedOn, supplier, buyer, order, incoterms, note, totals, packageCount, grossKg, netKg } = paper;
  return {
    ...{ language, number, shippedAt, shippedOn, supplier, buyer, order, incoterms, note, packageCount, grossKg, netKg },
    totals: totals.map(({ value, words }) => ({ value, unit: words })),
  };
}
