import type { VerticalRef } from '@yunfab/core/verticals';
import type { FootwearApi } from './bonds.js';

export const footwear: VerticalRef<'footwear', FootwearApi> = { id: 'footwear', version: '0.1.0' };
