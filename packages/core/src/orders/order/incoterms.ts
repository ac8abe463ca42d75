import type { Words } from '../../access/index.js';

/** The eleven rules of Incoterms 2020 (ICC publication 723): seven for any mode of transport, then four for sea and inland waterway. */
export const incotermRules = ['EXW', 'FCA', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP', 'FAS', 'FOB', 'CFR', 'CIF'] as const;
export type IncotermRule = (typeof incotermRules)[number];

export const incotermWords: Readonly<Record<IncotermRule, Words>> = {
  EXW: { en: 'Ex Works', zh: '工厂交货' },
  FCA: { en: 'Free Carrier', zh: '货交承运人' },
  CPT: { en: 'Carriage Paid To', zh: '运费付至' },
  CIP: { en: 'Carriage and Insurance Paid To', zh: '运费和保险费付至' },
  DAP: { en: 'Delivered at Place', zh: '目的地交货' },
  DPU: { en: 'Delivered at Place Unloaded', zh: '目的地卸货后交货' },
  DDP: { en: 'Delivered Duty Paid', zh: '完税后交货' },
  FAS: { en: 'Free Alongside Ship', zh: '船边交货' },
  FOB: { en: 'Free On Board', zh: '船上交货' },
  CFR: { en: 'Cost and Freight', zh: '成本加运费' },
  CIF: { en: 'Cost, Insurance and Freight', zh: '成本、保险费加运费' },
};
