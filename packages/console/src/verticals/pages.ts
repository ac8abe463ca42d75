import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';

type Industries = Awaited<ReturnType<Client['verticals']['pages']>>['verticals'];
export type Industry = Industries[number];
export type IndustryPageData = Industry['pages'][number];
export type Block = IndustryPageData['blocks'][number];
export type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;
export type PageColumn = BlockOf<'table'>['columns'][number];
export type PageField = BlockOf<'form'>['fields'][number];

/** The industries that this organization uses, with their pages, machines and specifications. */
export function useIndustries() {
  return useAsk(['verticals.pages', {}], (yunfab, options) => yunfab.verticals.pages({}, options));
}

/** Industries that have pages this person may open. */
export function useIndustryPages() {
  const { answer } = useIndustries();
  return (answer?.verticals ?? [])
    .filter(({ pages }) => pages.length > 0)
    .map(({ id, name, pages }) => ({ vertical: id, words: name, pages }));
}
