import type { DemoCall } from '@yunfab/core/verticals';

export const buyer = 'voyager';
export const maker = 'shanhai';
export const rival = 'bluebay';
export const silent = 'chenxi';
export const mixer = 'goldgum';

type Input = DemoCall['input'];
/** A call so many days before the story is told, whose answer may be referred to by a name. */
export const on =
  (daysAgo: number) =>
  (organization: string, procedure: string, input: Input, as?: string): DemoCall => ({
    ...{ organization, procedure, input, daysAgo },
    ...(as ? { as } : {}),
  });
