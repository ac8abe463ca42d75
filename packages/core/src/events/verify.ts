import { createHash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import type { Connection, Handle, OrganizationId } from '../database/index.js';
import type { Checkpoint } from './checkpoint.js';

/** What is wrong with an entry of a feed; `seq` is the first that does not verify. */
export interface BadEntry {
  readonly organization: OrganizationId;
  readonly seq: number;
  readonly what: 'body_edited' | 'event_altered' | 'entry_deleted' | 'block_forked' | 'truncated';
  /** One sentence for people. */
  readonly message: string;
}

export interface FeedVerification {
  readonly organizations: number;
  readonly entries: number;
  readonly blocks: number;
  /** The first bad entry of each organization that has one; empty when everything verifies. */
  readonly bad: readonly BadEntry[];
}

interface EntryRow {
  seq: number;
  event_id: string;
  event_hash: string;
  present: boolean;
  type: string;
  record: string;
  author: string;
  actor_kind: string;
  actor_id: string;
  actor_label: string;
  micros: string;
  body: string | null;
  body_hash: string;
}

interface BlockRow {
  first_seq: number;
  last_seq: number;
  previous_hash: string;
  hash: string;
}

/**
 * Recomputes the hash chains with our own SHA-256, trusting no function of the database, in one snapshot. A chain cut at
 * its end verifies by itself; a checkpoint from outside names it.
 */
export async function verifyFeed(
  system: Connection,
  organization?: OrganizationId,
  checkpoints: readonly Checkpoint[] = [],
): Promise<FeedVerification> {
  return inSnapshot(system, async (tx) => {
    const organizations = organization ? [organization] : await organizationsWithFeed(tx, checkpoints);
    const total = { entries: 0, blocks: 0 };
    const bad: BadEntry[] = [];
    for (const each of organizations) {
      const chain = await verifyChain(tx, each, checkpoints);
      total.entries += chain.entries;
      total.blocks += chain.blocks;
      if (chain.bad) bad.push({ organization: each, ...chain.bad });
    }
    return { organizations: organizations.length, ...total, bad };
  });
}

type Finding = Omit<BadEntry, 'organization'>;

async function verifyChain(
  tx: Handle,
  organization: OrganizationId,
  checkpoints: readonly Checkpoint[],
): Promise<{ entries: number; blocks: number; bad: Finding | null }> {
  const promised = new Map(checkpoints.filter((each) => each.organization === organization).map((each) => [each.seq, each.hash]));
  const counted = { entries: 0, blocks: 0 };
  let end = 0;
  let hash = '';
  for await (const { block, entries } of blocksOf(tx, organization)) {
    const bad =
      (block.first_seq === end + 1 && block.last_seq >= block.first_seq ? null : brokenOrder(block, end)) ??
      (block.previous_hash === hash ? null : forked(block.first_seq, 'its block does not continue the block before it')) ??
      firstBadEntry(block, entries) ??
      (blockHash(organization, hash, entries) === block.hash
        ? null
        : forked(block.first_seq, `the block of entries ${block.first_seq} to ${block.last_seq} has another hash than its entries give`)) ??
      ((promised.get(block.last_seq) ?? block.hash) === block.hash
        ? null
        : forked(block.first_seq, 'its block is not the one that the checkpoint signed'));
    if (bad) return { ...counted, bad };
    counted.entries += entries.length;
    counted.blocks += 1;
    end = block.last_seq;
    hash = block.hash;
    promised.delete(block.last_seq);
  }
  return { ...counted, bad: await badEnd(tx, organization, { end, hash, promised }) };
}

function firstBadEntry(block: BlockRow, entries: readonly EntryRow[]): Finding | null {
  let expected = block.first_seq;
  for (const entry of entries) {
    if (entry.seq !== expected || !entry.present) return deleted(expected);
    if (entry.body !== null && sha256(`${entry.body}\n${entry.actor_label}`) !== entry.body_hash) {
      return {
        seq: entry.seq,
        what: 'body_edited',
        message: `Entry ${entry.seq} (${entry.event_id}): its body is not the one that was written.`,
      };
    }
    const lines = [entry.event_id, entry.type, entry.record, entry.author, entry.actor_kind, entry.actor_id, entry.micros, entry.body_hash];
    if (sha256(lines.join('\n')) !== entry.event_hash) {
      return {
        seq: entry.seq,
        what: 'event_altered',
        message: `Entry ${entry.seq} (${entry.event_id}): its type, record, author or instant was altered.`,
      };
    }
    expected += 1;
  }
  return expected > block.last_seq ? null : deleted(expected);
}

async function badEnd(
  tx: Handle,
  organization: OrganizationId,
  { end, hash, promised }: { end: number; hash: string; promised: ReadonlyMap<number, string> },
): Promise<Finding | null> {
  const [head] = await rowsOf<{ seq: number; hash: string }>(
    tx,
    `select seq, encode(hash, 'hex') as hash from core.feed_head where organization = $1`,
    [organization],
  );
  const [stray] = await rowsOf<{ seq: number }>(tx, 'select seq from core.feed where organization = $1 and seq > $2 order by seq limit 1', [
    organization,
    end,
  ]);
  if (stray) return forked(stray.seq, 'it stands in no block');
  if ((head?.seq ?? 0) > end) return deleted(end + 1);
  if (head && (head.seq !== end || head.hash !== hash)) return forked(head.seq, 'the head is not the last block');
  if (!head && end > 0) return forked(end, 'the head is gone');
  const cut = [...promised.keys()].filter((seq) => seq > end).sort((a, b) => a - b)[0];
  if (cut !== undefined) {
    return {
      seq: end + 1,
      what: 'truncated',
      message: `The feed ends at ${end}, but a checkpoint signed entry ${cut}: everything from ${end + 1} on was cut off.`,
    };
  }
  const moved = [...promised.keys()].sort((a, b) => a - b)[0];
  return moved === undefined ? null : forked(moved, 'a checkpoint signed a block that ended here; none does now');
}

function brokenOrder(block: BlockRow, end: number): Finding {
  return block.first_seq > end + 1 ? deleted(end + 1) : forked(block.first_seq, 'two blocks claim it');
}

const deleted = (seq: number): Finding => ({ seq, what: 'entry_deleted', message: `Entry ${seq} was deleted.` });
const forked = (seq: number, why: string): Finding => ({ seq, what: 'block_forked', message: `Entry ${seq}: ${why}.` });

function blockHash(organization: string, previous: string, entries: readonly EntryRow[]): string {
  const lines = entries.map((entry) => `${organization}|${entry.seq}|${entry.event_id}|${entry.event_hash}`);
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(lines.join('\n')).digest('hex');
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const blocksAtOnce = 500;
const entriesAtOnce = 5_000;

/** Every block with its entries, in order; many small blocks cost one query together. */
async function* blocksOf(tx: Handle, organization: OrganizationId): AsyncGenerator<{ block: BlockRow; entries: readonly EntryRow[] }> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const blocks = await rowsOf<BlockRow>(
      tx,
      `select first_seq, last_seq, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
       from core.feed_block where organization = $1 and first_seq > $2 order by first_seq limit ${blocksAtOnce}`,
      [organization, after],
    );
    for (const group of groupsOf(blocks)) {
      const entries = await entriesOf(tx, organization, group);
      for (const block of group) {
        yield { block, entries: entries.filter(({ seq }) => seq >= block.first_seq && seq <= block.last_seq) };
      }
    }
    const last = blocks.at(-1);
    if (!last || blocks.length < blocksAtOnce) return;
    after = last.first_seq;
  }
}

function groupsOf(blocks: readonly BlockRow[]): BlockRow[][] {
  const groups: BlockRow[][] = [];
  let room = 0;
  for (const block of blocks) {
    if (room <= 0) {
      groups.push([]);
      room = entriesAtOnce;
    }
    groups.at(-1)?.push(block);
    room -= block.last_seq - block.first_seq + 1;
  }
  return groups;
}

function entriesOf(tx: Handle, organization: OrganizationId, blocks: readonly BlockRow[]): Promise<EntryRow[]> {
  return rowsOf<EntryRow>(
    tx,
    `select f.seq, f.event_id, encode(f.event_hash, 'hex') as event_hash, e.id is not null as present, e.type,
            coalesce(e.record_id::text, '-') as record, e.organization as author, e.actor_kind, e.actor_id, e.actor_label,
            ((extract(epoch from e.occurred_at) * 1000000)::bigint)::text as micros, e.body::text as body, encode(e.body_hash, 'hex') as body_hash
     from core.feed f left join core.event e on e.id = f.event_id
     where f.organization = $1 and f.seq between $2 and $3 order by f.seq`,
    [organization, Math.min(...blocks.map((block) => block.first_seq)), Math.max(...blocks.map((block) => block.last_seq))],
  );
}

async function organizationsWithFeed(tx: Handle, checkpoints: readonly Checkpoint[]): Promise<OrganizationId[]> {
  const rows = await rowsOf<{ organization: OrganizationId }>(
    tx,
    `select organization from core.feed_head union select organization from core.feed_block
     union select unnest($1::uuid[]) order by 1`,
    [checkpoints.map((each) => each.organization)],
  );
  return rows.map((row) => row.organization);
}

async function rowsOf<Row>(tx: Handle, text: string, parameters: unknown[]): Promise<Row[]> {
  return (await tx.executeQuery<Row>(CompiledQuery.raw(text, parameters))).rows;
}

/** One consistent picture while the sequencer goes on. */
function inSnapshot<Result>(system: Connection, work: (tx: Handle) => Promise<Result>): Promise<Result> {
  return system.handle.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}
