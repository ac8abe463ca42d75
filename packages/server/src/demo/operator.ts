import { setOperator } from '@yunfab/core/access';
import type { Connection } from '@yunfab/core/database';
import type { DemoOrganization } from '@yunfab/core/verticals';
import type { Platform } from '../platform/platform.js';
import { seedOrganization } from './seed.js';

/** Whoever runs the platform of the demo world; in no industry, and it sees nobody's orders. */
export const operator: DemoOrganization = {
  code: 'weihai-cloud',
  name: { en: 'Weihai Industry Cloud', zh: '威海工业云' },
  country: 'CN',
  identifierScheme: 'uscc',
  identifier: '12371000MB2A0Y26XM',
  timeZone: 'Asia/Shanghai',
  people: [{ email: 'mu@weihai-cloud.example', name: '穆岩', locale: 'zh-CN', roles: ['admin', 'production'] }],
};

export async function seedOperator(seeding: {
  readonly platform: Platform;
  readonly owner: Connection;
  readonly secret: string;
  readonly began: Date;
}): Promise<void> {
  await seedOrganization(seeding, operator);
  await setOperator(seeding.owner, operator.code, seeding.began);
}
