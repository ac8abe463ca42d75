import { TRPCError } from '@trpc/server';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { accessErrors } from '../access/index.js';
import { requestErrors, toWireError } from './index.js';

const wire = (thrown: unknown) => toWireError(thrown, 'req-1');
const wrapped = (cause: unknown, code: TRPCError['code'] = 'INTERNAL_SERVER_ERROR') => new TRPCError({ code, cause });
const coded = (code: string, message = 'boom') => Object.assign(new Error(message), { code });

it('carries code, message, details and request id, also through tRPC', () => {
  const error = accessErrors.not_found({ kind: 'order', id: '42' });
  const expected = {
    status: 404,
    body: {
      error: {
        code: 'access.not_found',
        message: expect.stringContaining('order "42"'),
        details: { kind: 'order', id: '42' },
        requestId: 'req-1',
      },
    },
  };
  expect(wire(error)).toEqual(expected);
  expect(wire(wrapped(error))).toEqual(expected);
});

it('names the first wrong field, lists 20 at most and counts the rest', () => {
  const rows = z.object({ rows: z.array(z.object({ quantity: z.number() })) });
  const { error } = rows.safeParse({ rows: Array.from({ length: 100_000 }, () => ({ quantity: 'many' })) });
  const { status, body } = wire(wrapped(error, 'BAD_REQUEST'));
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 'request.invalid', details: { field: 'rows.0.quantity', issueCount: 100_000 } });
  expect(body.error.details['issues']).toHaveLength(20);
  expect(JSON.stringify(body).length).toBeLessThan(5_000);
});

it('does not repeat a huge value', () => {
  const message = wire(requestErrors.idempotency_conflict({ key: 'x'.repeat(100_000) })).body.error.message;
  expect(message.length).toBeLessThan(400);
});

it('answers JSON that is nested 20,000 deep with a sentence', () => {
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
  let thrown: unknown;
  try {
    const nested: z.ZodType = z.lazy(() => z.array(nested));
    nested.parse(deep);
    JSON.stringify(deep, (_key, value: unknown) => value);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RangeError);
  for (const each of [thrown, wrapped(thrown)]) {
    expect(wire(each)).toMatchObject({
      status: 400,
      body: { error: { code: 'request.invalid', message: expect.stringContaining('nested too deeply') } },
    });
  }
});

it('answers a text that the database cannot store with a sentence', () => {
  expect(wire(wrapped(coded('22P05')))).toMatchObject({ status: 400, body: { error: { code: 'request.invalid' } } });
});

it.each([
  coded('ECONNREFUSED'),
  coded('57P01', 'terminating connection due to administrator command'),
  coded('08006'),
  coded('53300'),
  coded('40P01', 'deadlock detected'),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
])('answers trouble with the database with 503: %s', (trouble) => {
  for (const each of [trouble, wrapped(trouble)])
    expect(wire(each)).toMatchObject({ status: 503, body: { error: { code: 'request.unavailable', details: {} } } });
});

it('tells nothing of an unknown error but the request id', () => {
  for (const thrown of [
    new Error('password=hunter2'),
    wrapped(new TypeError('x is undefined')),
    'text',
    null,
    undefined,
    coded('23505', 'Key (email)=(a@b) exists'),
  ]) {
    expect(wire(thrown)).toEqual({
      status: 500,
      body: {
        error: { code: 'request.internal', message: expect.stringContaining('req-1'), details: { requestId: 'req-1' }, requestId: 'req-1' },
      },
    });
  }
});

it('answers what is not there and what is not JSON', () => {
  expect(wire(new TRPCError({ code: 'NOT_FOUND', message: 'No procedure found on path "a.b"' }))).toMatchObject({
    status: 404,
    body: { error: { code: 'request.unknown_procedure', message: expect.stringContaining('a.b') } },
  });
  expect(wire(new TRPCError({ code: 'PARSE_ERROR' }))).toMatchObject({ status: 400, body: { error: { code: 'request.invalid' } } });
  expect(wire(new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }))).toMatchObject({ status: 413 });
});
