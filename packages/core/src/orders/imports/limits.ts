import { importsErrors } from './errors.js';

export interface RawRow {
  /** As a spreadsheet counts, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

export const mostBytes = 5 * 1024 * 1024;
/** Of the file in base64. */
export const mostCharacters = 4 * Math.ceil(mostBytes / 3);
/** Of the request that carries it: the rest is mapping and defaults. */
export const mostBodyBytes = mostCharacters + 64 * 1024;
export const mostRows = 5000;
export const mostColumns = 100;
export const mostOrders = 1000;

export const tooManyRows = () => importsErrors.too_many({ most: mostRows, whatEn: 'rows', whatZh: '数据行数' });
export const tooManyColumns = () => importsErrors.too_many({ most: mostColumns, whatEn: 'columns', whatZh: '列数' });
export const tooManyOrders = () => importsErrors.too_many({ most: mostOrders, whatEn: 'orders', whatZh: '订单数' });
