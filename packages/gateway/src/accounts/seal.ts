import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

/** Hides a text so that only whoever has the same password reads it again, and only in the same place. */
export interface Seal {
  close(text: string, place: string): Buffer;
  /** Null when it was closed under another password or for another place. */
  open(sealed: Buffer, place: string): string | null;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a key from the password (scrypt); initialization vector, tag and text in this order. */
export function createSeal(password: string): Seal {
  const key = scryptSync(password, 'yunfab device tokens', 32);
  return {
    close(text, place) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(place));
      const closed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), closed]);
    },
    open(sealed, place) {
      try {
        const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
        return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
