import { checkDigit } from './check-characters.js';

/** A serialised trade item as EPC Tag Data Standard 2.1 writes it. */
export interface Sgtin {
  /** 0 all others, 1 point of sale, 2 full case, 4 inner pack, 6 unit load, 7 component (TDS table 10-3). */
  readonly filter: number;
  /** 6 to 12 digits. */
  readonly companyPrefix: string;
  /** Indicator digit and item reference, 13 digits together with the prefix. */
  readonly itemReference: string;
  readonly serial: string;
}

const header = 0x30n;
/** Partition → bits of company prefix and item reference (TDS table 14-2); the digits of the prefix are 12 − partition. */
const partitions = [
  [40n, 4n],
  [37n, 7n],
  [34n, 10n],
  [30n, 14n],
  [27n, 17n],
  [24n, 20n],
  [20n, 24n],
] as const;
const serialBits = 38n;

/** SGTIN-96 from its 24 hexadecimal digits; null when they are none, or hold a prefix or reference that no GTIN has. */
export function parseSgtin96(hex: string): Sgtin | null {
  if (!/^[0-9A-Fa-f]{24}$/.test(hex)) return null;
  const bits = BigInt(`0x${hex}`);
  if (bits >> 88n !== header) return null;
  const filter = Number((bits >> 85n) & 7n);
  const partition = Number((bits >> 82n) & 7n);
  const sizes = partitions[partition];
  if (!sizes) return null;
  const [prefixBits, referenceBits] = sizes;
  const prefix = (bits >> (82n - prefixBits)) & mask(prefixBits);
  const reference = (bits >> serialBits) & mask(referenceBits);
  const companyPrefix = String(prefix).padStart(12 - partition, '0');
  const itemReference = String(reference).padStart(partition + 1, '0');
  if (companyPrefix.length !== 12 - partition || itemReference.length !== partition + 1) return null;
  return { filter, companyPrefix, itemReference, serial: String(bits & mask(serialBits)) };
}

/** 24 hexadecimal digits; throws RangeError for what 96 bits cannot hold (a serial with letters, leading zeros, over 2³⁸−1). */
export function encodeSgtin96({ filter, companyPrefix, itemReference, serial }: Sgtin): string {
  const partition = 12 - companyPrefix.length;
  const sizes = partitions[partition];
  if (!sizes || !/^\d+$/.test(companyPrefix) || !/^\d+$/.test(itemReference) || itemReference.length !== partition + 1)
    throw new RangeError(`company prefix ${companyPrefix} and item reference ${itemReference} are not 13 digits together`);
  if (!/^(0|[1-9]\d*)$/.test(serial) || BigInt(serial) > mask(serialBits))
    throw new RangeError(`serial ${serial} has no place in SGTIN-96: digits without leading zero, at most ${mask(serialBits)}`);
  if (!Number.isInteger(filter) || filter < 0 || filter > 7) throw new RangeError(`filter ${filter} is not 0 to 7`);
  const [, referenceBits] = sizes;
  const bits =
    (header << 88n) |
    (BigInt(filter) << 85n) |
    (BigInt(partition) << 82n) |
    (BigInt(companyPrefix) << (referenceBits + serialBits)) |
    (BigInt(itemReference) << serialBits) |
    BigInt(serial);
  return bits.toString(16).toUpperCase().padStart(24, '0');
}

/** `urn:epc:id:sgtin:0614141.812345.6789` */
export const sgtinUri = ({ companyPrefix, itemReference, serial }: Sgtin): string =>
  `urn:epc:id:sgtin:${companyPrefix}.${itemReference}.${escaped(serial)}`;

/** `urn:epc:tag:sgtin-96:1.0614141.812345.6789` */
export const sgtinTagUri = (sgtin: Sgtin): string =>
  `urn:epc:tag:sgtin-96:${sgtin.filter}.${sgtin.companyPrefix}.${sgtin.itemReference}.${sgtin.serial}`;

/** Reads either URI; the pure identity has no filter, and 0 is given for it. Null for anything else. */
export function parseSgtinUri(uri: string): Sgtin | null {
  const [, filter = '0', companyPrefix = '', itemReference = '', serial = ''] =
    /^urn:epc:(?:id:sgtin:|tag:sgtin-96:([0-7])\.)(\d{6,12})\.(\d+)\.(.+)$/.exec(uri) ?? [];
  if (companyPrefix.length + itemReference.length !== 13) return null;
  try {
    return { filter: Number(filter), companyPrefix, itemReference, serial: decodeURIComponent(serial) };
  } catch {
    return null;
  }
}

/** The GTIN-14 of the trade item. */
export function gtinOf({ companyPrefix, itemReference }: Pick<Sgtin, 'companyPrefix' | 'itemReference'>): string {
  const digits = `${itemReference[0]}${companyPrefix}${itemReference.slice(1)}`;
  return digits + checkDigit(digits);
}

/** Of a GTIN-14 whose company prefix has this many digits (6 to 12; the number itself does not tell). */
export function sgtinOf(gtin: string, prefixLength: number, serial: string, filter = 0): Sgtin {
  if (!/^\d{14}$/.test(gtin) || prefixLength < 6 || prefixLength > 12)
    throw new RangeError(`${gtin} has no company prefix of ${prefixLength} digits`);
  return {
    filter,
    companyPrefix: gtin.slice(1, 1 + prefixLength),
    itemReference: `${gtin[0]}${gtin.slice(1 + prefixLength, 13)}`,
    serial,
  };
}

const mask = (bits: bigint): bigint => (1n << bits) - 1n;
/** What a URN may not hold stands as % and two digits (TDS 6.3.1). */
const escaped = (serial: string): string =>
  serial.replaceAll(/["%&/<>?]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
