import { equipmentErrors } from '../errors.js';
import type { CommandModel, EquipmentModel, ParameterModel } from '../models.js';

type Parameters = Readonly<Record<string, unknown>>;

/**
 * Whether the equipment takes such a command. A model that declares no commands takes any. Throws `equipment.command_unknown`
 * and `equipment.parameter_invalid`.
 */
export function assertDeclared(model: EquipmentModel | undefined, name: string, parameters: Parameters): void {
  if (!model?.commands) return;
  const declared = model.commands.find((each) => each.name === name);
  if (!declared) throw equipmentErrors.command_unknown({ name, known: model.commands.map((each) => each.name).join(', ') || '–' });
  const stranger = Object.keys(parameters).find((key) => !declared.parameters.some((each) => each.name === key));
  if (stranger !== undefined) throw invalid(declared, stranger, parameters[stranger], takes(declared));
  for (const parameter of declared.parameters) {
    const value = parameters[parameter.name];
    if (value === undefined && parameter.optional) continue;
    if (!fits(parameter, value)) throw invalid(declared, parameter.name, value, wanted(parameter));
  }
}

function fits({ kind, range, choices }: ParameterModel, value: unknown): boolean {
  if (kind === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value)) return false;
    return value >= (range?.low ?? Number.NEGATIVE_INFINITY) && value <= (range?.high ?? Number.POSITIVE_INFINITY);
  }
  if (kind === 'boolean') return typeof value === 'boolean';
  return typeof value === 'string' && (choices === undefined || choices.includes(value));
}

function wanted({ kind, unit, range, choices }: ParameterModel): string {
  if (choices) return choices.join(' | ');
  const limits = [range?.low === undefined ? '' : `≥ ${range.low}`, range?.high === undefined ? '' : `≤ ${range.high}`];
  return [kind, ...limits, unit ?? ''].filter((part) => part !== '').join(' ');
}

const takes = ({ parameters }: CommandModel) => parameters.map(({ name }) => name).join(', ') || '–';

const invalid = ({ name }: CommandModel, parameter: string, value: unknown, expected: string) =>
  equipmentErrors.parameter_invalid({ command: name, parameter, value: (JSON.stringify(value) ?? '–').slice(0, 80), expected });
