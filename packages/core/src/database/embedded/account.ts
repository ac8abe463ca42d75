import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { embeddedErrors } from './errors.js';

/** The system user that PostgreSQL runs as; absent when it is simply ours. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root: root runs it as the owner of an existing database, else as `postgres`, else as `nobody`.
 * Anybody else runs it as oneself (undefined).
 */
export function databaseAccount(cluster: string): Account | undefined {
  const ours = process.getuid?.();
  const owner = existsSync(cluster) ? statSync(cluster).uid : undefined;
  const accounts = readAccounts();
  if (ours !== 0) {
    if (owner !== undefined && ours !== undefined && owner !== ours) {
      throw embeddedErrors.not_ours({ folder: cluster, owner: accounts.find(({ uid }) => uid === owner)?.name ?? owner });
    }
    return undefined;
  }
  const account =
    (owner ? accounts.find(({ uid }) => uid === owner) : undefined) ??
    accounts.find(({ name }) => name === 'postgres') ??
    accounts.find(({ name }) => name === 'nobody');
  if (!account) throw embeddedErrors.no_account();
  return account;
}

function readAccounts(): Account[] {
  let passwd = '';
  try {
    passwd = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return [];
  }
  return passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
}

/** Whether `account` can get to `path` and read it: every folder above lets it through. Ancestors that do not exist yet are ours to make. */
export function reachable(path: string, account: Account | undefined): boolean {
  const start = resolve(path);
  if (!account) {
    try {
      accessSync(start, constants.R_OK | constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
      if (((mode >> shift) & 1) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}
