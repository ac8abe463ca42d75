import type { VerticalCall } from '@yunfab/core/verticals';
import type { MedicalDeviceConfig } from '../config.js';
import { medicalDeviceErrors } from '../errors.js';
import type { MedicalDeviceTables } from '../tables.js';
import type { ParsedUdi } from '../udi/identification.js';

/** What a scanned code means to the organization that scans it. */
export interface FoundDevice {
  readonly lot: string;
  readonly lotCode: string;
  readonly maker: { readonly code: string; readonly name: { readonly en: string; readonly zh: string } };
  readonly lotNumber: string;
  /** The device identifier of the unit of use. */
  readonly di: string;
  readonly expiry: string | null;
  /** Units of use in the package whose code was scanned. */
  readonly units: number;
  readonly unit: string | null;
}

/**
 * The lot, and with a serial number the unit, that a code names among those the organization sees: by the labels that came with the
 * lots. Throws `device_unknown`, `device_ambiguous`, `serial_unknown`.
 */
export async function findDevice(
  call: VerticalCall<MedicalDeviceConfig>,
  scanned: ParsedUdi & { readonly di: string },
): Promise<FoundDevice> {
  const labels = await labelsOf(call, scanned);
  const [label] = labels;
  if (!label) throw medicalDeviceErrors.device_unknown({ di: scanned.di, lot: scanned.lot ?? '–' });
  if (scanned.serial === null) {
    if (labels.length > 1) throw medicalDeviceErrors.device_ambiguous({ di: scanned.di, lots: labels.length });
    return toDevice(call, label, null);
  }
  const unit = await unitOf(call, scanned.serial, new Set(labels.map(({ lot_id }) => lot_id)));
  const found = labels.find(({ lot_id }) => lot_id === unit?.lot);
  if (unit && found) return toDevice(call, found, unit.id);
  // A lot whose units have no numbers here is known by its lot number alone.
  const { units } = await call.core.lifecycle.lotContents(label.lot_id);
  if (labels.length === 1 && units.length === 0) return toDevice(call, label, null);
  throw medicalDeviceErrors.serial_unknown({ lot: label.lot_number, serial: scanned.serial });
}

type Label = Pick<MedicalDeviceTables['udi_label'], 'lot_id' | 'di' | 'lot_number' | 'expiry'> & { readonly units: number };

async function labelsOf({ db }: VerticalCall<MedicalDeviceConfig>, { di, lot }: ParsedUdi & { readonly di: string }): Promise<Label[]> {
  let found = db
    .withTables<MedicalDeviceTables>()
    .selectFrom('udi_package')
    .innerJoin('udi_label', (join) =>
      join.onRef('udi_label.lot_id', '=', 'udi_package.lot_id').onRef('udi_label.organization', '=', 'udi_package.organization'),
    )
    .select(['udi_label.lot_id', 'udi_label.di', 'udi_label.lot_number', 'udi_label.expiry', 'udi_package.units'])
    .where('udi_package.di', '=', di);
  if (lot !== null) found = found.where('udi_label.lot_number', '=', lot);
  return found.limit(200).execute();
}

async function unitOf({ core }: VerticalCall<MedicalDeviceConfig>, serial: string, lots: ReadonlySet<string>) {
  const { items } = await core.lifecycle.identify({ value: serial, scheme: 'serial' });
  for (const { thing } of items) {
    if (thing.kind !== 'unit') continue;
    const { unit } = await core.lifecycle.getUnit(thing.node);
    if (unit.lot && lots.has(unit.lot.id)) return { id: unit.id, lot: unit.lot.id };
  }
  return null;
}

async function toDevice({ core }: VerticalCall<MedicalDeviceConfig>, label: Label, unit: string | null): Promise<FoundDevice> {
  const { code, maker } = await core.lifecycle.get(label.lot_id);
  const { lot_id, lot_number, di, expiry, units } = label;
  return { lot: lot_id, lotCode: code, maker, lotNumber: lot_number, di, expiry, units: unit === null ? units : 1, unit };
}
