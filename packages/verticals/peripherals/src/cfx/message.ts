import { type Issue, issue } from '../issue.js';
import { type ResourceState, readState } from './states.js';

/** A unit on a panel: CFX names the panel or the unit itself, and the position on it from 1. */
export interface CfxUnit {
  readonly identifier: string;
  readonly position: number;
}

/** One component on one board, from a material lot. */
export interface CfxPlacement extends CfxUnit {
  readonly designator: string;
  readonly partNumber: string | null;
  /** The material lot: the maker's lot code, or the package's own identifier where no lot is told. */
  readonly lot: string;
}

/** What a line message says, of what is read here. */
export type CfxContent =
  | { readonly kind: 'units_arrived'; readonly units: readonly CfxUnit[] }
  | { readonly kind: 'work_completed'; readonly units: readonly CfxUnit[]; readonly completed: boolean }
  | { readonly kind: 'materials_installed'; readonly placements: readonly CfxPlacement[] }
  | { readonly kind: 'units_tested'; readonly results: readonly (CfxUnit & { readonly passed: boolean })[] }
  | { readonly kind: 'state_changed'; readonly from: ResourceState | null; readonly to: ResourceState };

/** An IPC-CFX message (IPC-2591) with the part of its envelope that is used. */
export interface CfxMessage {
  readonly name: string;
  readonly at: string;
  readonly source: string | null;
  readonly id: string | null;
  readonly content: CfxContent;
}

type Fields = Readonly<Record<string, unknown>>;

/** Last part of the name → its reading, so that `CFX.Production.Testing.…` and `CFX.Production.TestAndInspection.…` are one. */
const readers: Readonly<Record<string, (body: Fields, issues: Issue[]) => CfxContent | null>> = {
  UnitsArrived: (body, issues) => ({ kind: 'units_arrived', units: unitsOf(body, issues) }),
  WorkCompleted: (body, issues) => ({
    kind: 'work_completed',
    units: unitsOf(body, issues),
    completed: ['completed', '1', 'undefined'].includes(String(get(body, 'Result')).toLowerCase()),
  }),
  MaterialsInstalled: (body, issues) => ({ kind: 'materials_installed', placements: placementsOf(body, issues) }),
  UnitsTested: (body, issues) => ({ kind: 'units_tested', results: resultsOf(body, 'TestedUnits', issues) }),
  UnitsInspected: (body, issues) => ({ kind: 'units_tested', results: resultsOf(body, 'InspectedUnits', issues) }),
  StationStateChanged: (body, issues) => {
    const to = readState(get(body, 'NewState'));
    if (!to)
      issues.push(
        issue(
          'MessageBody.NewState',
          `${JSON.stringify(get(body, 'NewState'))} is no resource state of CFX, neither name nor number`,
          `${JSON.stringify(get(body, 'NewState'))} 不是 CFX 资源状态的名称或编号`,
        ),
      );
    return to && { kind: 'state_changed', from: readState(get(body, 'OldState')), to };
  },
};

/** Reads one message; the names of fields may differ in case, a body may stand in the envelope or be the message itself. */
export function readCfxMessage(message: unknown): { readonly message: CfxMessage | null; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  if (!isFields(message)) return { message: null, issues: [issue('', 'A CFX message is a JSON object', 'CFX 消息应为 JSON 对象')] };
  const name = String(get(message, 'MessageName') ?? '');
  const reader = readers[name.split('.').at(-1) ?? ''];
  if (!reader || !name.startsWith('CFX.')) {
    issues.push(
      issue(
        'MessageName',
        `"${name}" is not read; these are: ${Object.keys(readers).join(', ')}`,
        `不解析“${name}”；可解析：${Object.keys(readers).join('、')}`,
      ),
    );
    return { message: null, issues };
  }
  const at = get(message, 'TimeStamp');
  const instant = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(instant))
    issues.push(issue('TimeStamp', `${JSON.stringify(at)} is no ISO 8601 instant`, `${JSON.stringify(at)} 不是 ISO 8601 时间`));
  const body = get(message, 'MessageBody') ?? message;
  if (!isFields(body)) issues.push(issue('MessageBody', 'The body is not an object', '消息体不是对象'));
  const content = isFields(body) ? reader(body, issues) : null;
  if (!content || Number.isNaN(instant)) return { message: null, issues };
  return {
    message: {
      name,
      at: new Date(instant).toISOString(),
      source: textOf(get(message, 'Source')),
      id: textOf(get(message, 'UniqueID')),
      content,
    },
    issues,
  };
}

function unitsOf(body: Fields, issues: Issue[]): CfxUnit[] {
  const units = listOf(get(body, 'Units')).flatMap((each, index) => unitAt(each, `MessageBody.Units.${index}`, issues));
  if (units.length > 0) return units;
  const primary = textOf(get(body, 'PrimaryIdentifier'));
  if (primary !== null) return [{ identifier: primary, position: 1 }];
  issues.push(issue('MessageBody.Units', 'No unit is named', '未给出任何单元'));
  return [];
}

function placementsOf(body: Fields, issues: Issue[]): CfxPlacement[] {
  const path = 'MessageBody.InstalledMaterials';
  const materials = listOf(get(body, 'InstalledMaterials'));
  if (materials.length === 0) issues.push(issue(path, 'No material is named', '未给出任何物料'));
  return materials.flatMap((each, index) => {
    const at = `${path}.${index}`;
    const [unit] = unitAt(each, at, issues);
    const fields = isFields(each) ? each : {};
    const material = get(fields, 'Material');
    const components = listOf(get(fields, 'InstalledComponents'));
    if (components.length === 0) issues.push(issue(`${at}.InstalledComponents`, 'No designator is named', '未给出任何位号'));
    if (!unit) return [];
    return components.flatMap((component, place) => {
      const where = `${at}.InstalledComponents.${place}`;
      const part = isFields(component) ? component : {};
      const designator = textOf(get(part, 'ReferenceDesignator'));
      const lot = lotOf(part) ?? (isFields(material) ? lotOf(material) : null);
      if (designator === null) issues.push(issue(`${where}.ReferenceDesignator`, 'The component has no designator', '元件没有位号'));
      if (lot === null)
        issues.push(
          issue(
            `${at}.Material`,
            `No lot or package is told for ${designator ?? 'a component'}`,
            `${designator ?? '元件'} 未给出批次或料盘`,
          ),
        );
      if (designator === null || lot === null) return [];
      const partNumber =
        textOf(get(part, 'InternalPartNumber')) ?? (isFields(material) ? textOf(get(material, 'InternalPartNumber')) : null);
      return [{ ...unit, designator, partNumber, lot }];
    });
  });
}

const lotOf = (fields: Fields): string | null =>
  textOf(get(fields, 'ManufacturerLotCode')) ?? textOf(get(fields, 'LotCode')) ?? textOf(get(fields, 'UniqueIdentifier'));

function resultsOf(body: Fields, list: string, issues: Issue[]): (CfxUnit & { readonly passed: boolean })[] {
  return listOf(get(body, list)).flatMap((each, index) => {
    const at = `MessageBody.${list}.${index}`;
    const result = isFields(each) ? String(get(each, 'OverallResult')).toLowerCase() : '';
    if (!['passed', 'failed', 'error', 'aborted'].includes(result)) {
      issues.push(
        issue(
          `${at}.OverallResult`,
          `"${result}" is no result; Passed, Failed, Error or Aborted`,
          `“${result}”不是结果；应为 Passed、Failed、Error 或 Aborted`,
        ),
      );
      return [];
    }
    return unitAt(each, at, issues).map((unit) => ({ ...unit, passed: result === 'passed' }));
  });
}

function unitAt(value: unknown, at: string, issues: Issue[]): CfxUnit[] {
  const identifier = isFields(value) ? textOf(get(value, 'UnitIdentifier')) : null;
  if (identifier === null) {
    issues.push(issue(`${at}.UnitIdentifier`, 'The unit has no identifier', '单元没有标识'));
    return [];
  }
  const fields = value as Fields;
  const position = Number(get(fields, 'UnitPositionNumber') ?? get(fields, 'PositionNumber') ?? 1);
  if (Number.isInteger(position) && position >= 1) return [{ identifier, position }];
  issues.push(issue(`${at}.UnitPositionNumber`, `${position} is no position; they count from 1`, `${position} 不是位置；从 1 起计`));
  return [];
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** By name, whatever its case: C# writes `UniqueID`, Java `uniqueId`. */
function get(fields: Fields, name: string): unknown {
  if (name in fields) return fields[name];
  const key = Object.keys(fields).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : fields[key];
}

/** A list, also as Json.NET writes it with type names: `{ "$type": …, "$values": […] }`. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isFields(value) && Array.isArray(value['$values']) ? value['$values'] : [];
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : typeof value === 'number' ? String(value) : null;
