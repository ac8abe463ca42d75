import type { Issue } from '@yunfab/core/errors';

/** Who issues codes: GS1, HIBCC, ICCBBA (21 CFR 801 subpart B; all three also by EU 2019/939) and ZIIOT, whose codes begin with `MA`. */
export const issuers = ['gs1', 'hibcc', 'iccbba', 'ma'] as const;
export type Issuer = (typeof issuers)[number];

export const issuerWords: Readonly<Record<Issuer, { readonly en: string; readonly zh: string }>> = {
  gs1: { en: 'GS1', zh: 'GS1（中国物品编码中心）' },
  hibcc: { en: 'HIBCC', zh: 'HIBCC' },
  iccbba: { en: 'ICCBBA (ISBT 128)', zh: 'ICCBBA（ISBT 128）' },
  ma: { en: 'ZIIOT (MA)', zh: '中关村工信二维码技术研究院（MA）' },
};

/** One data element of a code: as it stands, and what it says. */
export interface UdiPart {
  /** Its delimiter: `(17)`, `+`, `$$3`, `=/`, `.L`. */
  readonly mark: string;
  readonly words: { readonly en: string; readonly zh: string };
  readonly raw: string;
  /** A date as `YYYY-MM-DD`; otherwise the data without delimiter. */
  readonly value: string;
}

/** A device as its label names it, whoever issued the code. */
export interface DeviceIdentification {
  readonly issuer: Issuer | null;
  /** UDI-DI as databases hold it: GTIN-14; LIC, PCN and unit of measure; 16 or 10 characters of ISBT 128; the 25 of an MA code. */
  readonly di: string | null;
  readonly lot: string | null;
  readonly serial: string | null;
  /** ISBT 128 donation identification number, the distinct identification code of 21 CFR 1271.290(c). */
  readonly donation: string | null;
  /** `YYYY-MM-DD`, the last day of use. */
  readonly expiry: string | null;
  readonly manufactured: string | null;
  /** As the code says it: 0 the unit of use, 1 to 8 larger packages, 9 variable content; null where the code has no such digit. */
  readonly packagingLevel: number | null;
  /** Content of the package where the code counts it (HIBC). */
  readonly quantity: number | null;
}

export interface ParsedUdi extends DeviceIdentification {
  readonly parts: readonly UdiPart[];
  readonly issues: readonly Issue[];
}

export const nothingKnown: DeviceIdentification = {
  issuer: null,
  di: null,
  lot: null,
  serial: null,
  donation: null,
  expiry: null,
  manufactured: null,
  packagingLevel: null,
  quantity: null,
};

export const issue = (at: string, en: string, zh: string): Issue => ({ at, words: { en, zh } });
