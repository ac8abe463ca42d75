import type { VerticalRef } from '@yunfab/core/verticals';
import type { ApparelApi } from './api.js';

/** Give it to `createClient({ verticals: [apparel] })`: the client then has `yunfab.apparel`, typed. Holds no server code. */
export const apparel: VerticalRef<'apparel', ApparelApi> = { id: 'apparel', version: '0.1.0' };

export type { ApparelApi } from './api.js';
