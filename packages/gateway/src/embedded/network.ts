import { isIPv6 } from 'node:net';

/** Whose an address is, as far as an address tells: an IPv4 address stands for itself, an IPv6 one for its /64, as one host has all of it. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const [front = '', back] = bare.split('::');
  const ahead = front === '' ? [] : front.split(':');
  const behind = back === undefined || back === '' ? [] : back.split(':');
  const zeros = back === undefined ? 0 : 8 - ahead.length - behind.length;
  const groups = [...ahead, ...new Array<string>(Math.max(0, zeros)).fill('0'), ...behind];
  return `${groups.slice(0, 4).join(':').toLowerCase()}::/64`;
}
