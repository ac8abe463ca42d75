import type { VerticalRef } from '@yunfab/core/verticals';
import type { TireApi } from './api.js';

/** Give it to `createClient({ verticals: [tire] })`: the client then has `yunfab.tire`, typed. Holds no server code. */
export const tire: VerticalRef<'tire', TireApi> = { id: 'tire', version: '0.1.0' };

export type { TireApi } from './api.js';
