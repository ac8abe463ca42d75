import { add, money } from '@yunfab/core/measure';
import type { ApparelConfig } from '../config.js';
import type { Options } from '../garment/stored.js';
import type { Garment } from '../pattern/index.js';

/** What a garment costs its wearer, by its configuration; a decimal in `config.currency`. */
export function priceOf(garment: Garment, { chest_pocket, turn_up, monogram }: Options, config: ApparelConfig): string {
  const parts =
    garment === 'shirt'
      ? [config.shirtPrice, chest_pocket ? config.chestPocketPrice : '0', monogram === null ? '0' : config.monogramPrice]
      : [config.trousersPrice, turn_up ? config.turnUpPrice : '0'];
  return money(add(...parts), config.currency).amount;
}
