import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coreMigrations } from '@yunfab/core';
import { asOperator } from '@yunfab/core/access';
import { type Connection, connect, migrate, type OrganizationId, type ProvisionedDatabase, provisionEmbedded } from '@yunfab/core/database';
import { createEquipmentService } from '@yunfab/core/equipment';
import { makeCompany } from '../api/companies.js';
import { type BenchDevice, signalsOfDevice } from './signals.js';

/** A durable embedded PostgreSQL, as the platform starts it, with one organization whose devices have ten signals each. */
export interface BenchPlant {
  readonly server: ProvisionedDatabase;
  readonly owner: Connection;
  readonly organization: OrganizationId;
  readonly devices: readonly BenchDevice[];
  close(): Promise<void>;
}

const words = { en: 'Bench', zh: '测试' };
const signals = Array.from({ length: signalsOfDevice }, (_, n) => ({ name: `v${n}`, unit: '1', kind: 'number' as const, words }));

export async function createBenchPlant(devices: number): Promise<BenchPlant> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-bench-'));
  const server = await provisionEmbedded({ dataDir });
  const owner = connect(server.urls.owner, { max: 2 });
  await migrate(owner.handle, 'core', coreMigrations);
  const organization = await makeCompany(owner, 'bench');
  const equipment = createEquipmentService({ models: new Map([['bench.machine', { words, signals }]]) });
  const made = await asOperator(owner, organization, new Date(), async (operator) => {
    const actor = { ...operator.actor, organization, organizationCode: 'bench', organizationName: words, timeZone: 'Asia/Shanghai' };
    const scope = {
      ...operator,
      requestId: 'bench',
      actor: { ...actor, permissions: { has: () => true }, credential: { kind: 'key' as const, id: 'bench' } },
    };
    const all: BenchDevice[] = [];
    for (let n = 0; n < devices; n += 1) {
      const device = `machine-${n}`;
      const { id } = await equipment.create(scope, { code: device, name: device, model: 'bench.machine', parent: '' });
      const { username, token } = await equipment.createDevice(scope, { equipment: id, device });
      if (token === null) throw new Error(`${device} was there already`);
      all.push({ equipment: id, username, token });
    }
    return all;
  });
  return {
    server,
    owner,
    organization,
    devices: made,
    async close() {
      await owner.close();
      await server.stop();
      rmSync(server.home, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
