import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { CommandScope } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { assertSendable } from '../device-commands/sendable.js';
import type { DeviceEvent } from '../device-events.js';
import { equipmentErrors } from '../errors.js';
import { type ConfigurationChanged, equipmentEvents } from '../events.js';
import type { EquipmentModels } from '../models.js';
import { type ParameterProblem, parameterProblem } from '../parameters.js';
import { findEquipment, requireDevice } from '../repository.js';
import { type Difference, differencesOf } from './difference.js';
import {
  addVersion,
  type ConfigurationRow,
  findConfiguration,
  keepReport,
  lockConfiguration,
  type VersionRow,
  versionsOf,
} from './repository.js';
import type { configurationStates, configurationVersion, configurationView, setConfigurationInput } from './schema.js';

/** Type of the device event that a message on `config/reported` becomes. */
export const configurationReportType = 'configuration_reported';

const most = { bytes: 64 * 1024, levels: 6 };
const shownVersions = 100;

/** What one's own devices are to run. */
export function createConfigurationService(models: EquipmentModels) {
  /**
   * Throws `equipment.device_not_found`, `equipment.configuration_stale`, `equipment.parameters_unusable`, and
   * `equipment.setting_invalid` where the equipment's model declares what can be set.
   */
  async function set(scope: CommandScope, { device: code, version: seen, configuration }: z.output<typeof setConfigurationInput>) {
    const device = await requireDevice(scope, code);
    assertSendable(configuration, most);
    const equipment = await findEquipment(scope, device.equipment_id);
    const declared = models.get(equipment?.model ?? '')?.configuration;
    const problem = declared ? parameterProblem(declared, configuration) : null;
    if (problem) throw settingInvalid(code, problem);
    const { version: current } = await lockConfiguration(scope, device);
    if (seen !== current) throw equipmentErrors.configuration_stale({ device: code, seen, current });
    await addVersion(scope, device.id, current + 1, configuration);
    await tell(scope, equipmentEvents.configurationSet, { device: code, version: current + 1 });
    return getConfiguration(scope, code);
  }

  return { set };
}

const settingInvalid = (device: string, { parameter: setting, ...problem }: ParameterProblem) =>
  equipmentErrors.setting_invalid({ device, setting, ...problem });

export async function getConfiguration(scope: Scope, code: string): Promise<z.output<typeof configurationView>> {
  const device = await requireDevice(scope, code);
  const row = await findConfiguration(scope, device.id);
  const [newest] = await versionsOf(scope, device.id, 1);
  const differences = differencesIn(row, newest);
  return {
    device: code,
    state: stateOf(row, differences),
    desired: newest ? { ...versionView(newest), sentAt: row?.sent_at?.toISOString() ?? null } : null,
    reported:
      row?.reported_at && row.reported_version !== null
        ? { version: row.reported_version, configuration: row.reported, error: row.reported_error, at: row.reported_at.toISOString() }
        : null,
    differences,
  };
}

export async function configurationVersions(scope: Scope, code: string) {
  const device = await requireDevice(scope, code);
  return { versions: (await versionsOf(scope, device.id, shownVersions)).map(versionView) };
}

/** The newest report stands; one that came before it changes nothing. */
export async function settleConfigurationReport(scope: Scope, event: DeviceEvent): Promise<void> {
  const {
    version,
    configuration = null,
    error = null,
  } = event.body as { version: number; configuration?: Record<string, unknown> | null; error?: string | null };
  const row = await lockConfiguration(scope, { id: event.deviceId, code: event.device });
  if (row.reported_at && row.reported_at > event.receivedAt) return;
  await keepReport(scope, event.deviceId, { version, configuration, error, at: event.receivedAt });
  const same = row.reported_version === version && row.reported_error === error && isDeepStrictEqual(row.reported, configuration);
  if (!same) await tell(scope, equipmentEvents.configurationReported, { device: event.device, version });
}

async function tell(scope: Scope, type: string, body: ConfigurationChanged): Promise<void> {
  await appendEvent(scope, { type, record: null, body: { ...body } });
}

function differencesIn(row: ConfigurationRow | undefined, newest: VersionRow | undefined): Difference[] {
  return newest && row?.reported ? differencesOf(newest.configuration, row.reported) : [];
}

function stateOf(row: ConfigurationRow | undefined, differences: readonly Difference[]): (typeof configurationStates)[number] {
  if (!row || row.version === 0) return 'unset';
  const { version, reported_version: reported, reported_error: error } = row;
  if (reported === null || reported < version) return 'waiting';
  if (reported > version) return 'differs';
  if (error !== null) return 'refused';
  return differences.length === 0 ? 'applied' : 'differs';
}

function versionView({ version, configuration, set_at, set_by }: VersionRow): z.output<typeof configurationVersion> {
  return { version, configuration, setAt: set_at.toISOString(), setBy: set_by };
}
