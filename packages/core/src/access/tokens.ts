import { createHash, randomInt } from 'node:crypto';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function random(length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += base62.charAt(randomInt(62));
  return text;
}

/** A new API key: `yf_` + 8 characters that may be shown + `_` + 32 secret ones (190 bits). */
export function newApiKeyToken(): { readonly token: string; readonly prefix: string } {
  const prefix = `yf_${random(8)}`;
  return { token: `${prefix}_${random(32)}`, prefix };
}

/** A new device token: `yd_` + 32 secret characters; the password of the device's MQTT connection. */
export const newDeviceToken = (): string => `yd_${random(32)}`;

export const isApiKeyToken = (text: string): boolean => /^yf_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}$/.test(text);

/** What is stored of a token. It is random enough that a plain SHA-256 cannot be guessed back. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
