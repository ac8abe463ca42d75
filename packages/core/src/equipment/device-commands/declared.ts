import { equipmentErrors } from '../errors.js';
import type { EquipmentModel } from '../models.js';
import { parameterProblem } from '../parameters.js';

/**
 * Whether the equipment takes such a command. A model that declares no commands takes any. Throws `equipment.command_unknown`
 * and `equipment.parameter_invalid`.
 */
export function assertDeclared(model: EquipmentModel | undefined, name: string, parameters: Readonly<Record<string, unknown>>): void {
  if (!model?.commands) return;
  const declared = model.commands.find((each) => each.name === name);
  if (!declared) throw equipmentErrors.command_unknown({ name, known: model.commands.map((each) => each.name).join(', ') || '–' });
  const problem = parameterProblem(declared.parameters, parameters);
  if (problem) throw equipmentErrors.parameter_invalid({ command: name, ...problem });
}
