import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why the tests on TLS are skipped; null when openssl is there to make certificates. */
export const withoutOpenssl: string | null =
  spawnSync('openssl', ['version']).status === 0 ? null : 'no openssl on the path; install it to make certificates';

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of a test, made by openssl. */
export interface Authority {
  readonly ca: string;
  /** For 127.0.0.1. */
  issue(name: string, days?: number): Pair;
}

/** Everything is made at once, so that nothing is left on the disk. */
export function createAuthority(name: string): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'yunfab-authority-'));
  const at = (file: string) => join(folder, file);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca-key.pem', '-out', 'ca.pem', '-days', '2', '-subj', `/CN=${name}`);
  const [ca, caKey] = [readFileSync(at('ca.pem'), 'utf8'), readFileSync(at('ca-key.pem'), 'utf8')];
  rmSync(folder, { recursive: true });
  return {
    ca,
    issue(subject, days = 2) {
      const place = mkdtempSync(join(tmpdir(), 'yunfab-authority-'));
      const run = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' });
      try {
        for (const [file, text] of Object.entries({ 'ca.pem': ca, 'ca-key.pem': caKey, ext: 'subjectAltName=IP:127.0.0.1' }))
          writeFileSync(join(place, file), text);
        run('req', ...newKey, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', `/CN=${subject}`);
        const by = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'];
        run('x509', '-req', '-in', 'request.pem', ...by, '-days', String(days), '-extfile', 'ext', '-out', 'cert.pem');
        return { cert: readFileSync(join(place, 'cert.pem'), 'utf8'), key: readFileSync(join(place, 'key.pem'), 'utf8') };
      } finally {
        rmSync(place, { recursive: true });
      }
    },
  };
}
