import type { IncotermRule } from '../order/incoterms.js';

export interface IncotermDuties {
  /** Whether the rule is for any mode of transport, or for sea and inland waterway only. */
  readonly transport: 'any' | 'water';
  /** Who pays import duty: the seller under DDP alone. */
  readonly duty: 'buyer' | 'seller';
  /** Who contracts the main carriage. */
  readonly carriage: 'buyer' | 'seller';
}

/** Who bears what under each rule of Incoterms 2020 (ICC publication 723E). */
export const incotermDuties: Readonly<Record<IncotermRule, IncotermDuties>> = {
  EXW: { transport: 'any', duty: 'buyer', carriage: 'buyer' },
  FCA: { transport: 'any', duty: 'buyer', carriage: 'buyer' },
  CPT: { transport: 'any', duty: 'buyer', carriage: 'seller' },
  CIP: { transport: 'any', duty: 'buyer', carriage: 'seller' },
  DAP: { transport: 'any', duty: 'buyer', carriage: 'seller' },
  DPU: { transport: 'any', duty: 'buyer', carriage: 'seller' },
  DDP: { transport: 'any', duty: 'seller', carriage: 'seller' },
  FAS: { transport: 'water', duty: 'buyer', carriage: 'buyer' },
  FOB: { transport: 'water', duty: 'buyer', carriage: 'buyer' },
  CFR: { transport: 'water', duty: 'buyer', carriage: 'seller' },
  CIF: { transport: 'water', duty: 'buyer', carriage: 'seller' },
};
