import { createHmac } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A person's password in the demo world: always the same for one data folder, in no file, and of no use to any other. */
export function demoPassword(secret: string, email: string): string {
  const digest = createHmac('sha256', secret).update(`demo password of ${email}`).digest();
  const text = [...digest.subarray(0, 12)].map((byte) => letters[byte % letters.length]).join('');
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

/** The PIN of a badge in the demo world, of six digits. */
export function demoPin(secret: string, badge: string): string {
  const digest = createHmac('sha256', secret).update(`demo PIN of ${badge}`).digest();
  return String(digest.readUInt32BE() % 1_000_000).padStart(6, '0');
}
