import { command, query } from '../../commands/index.js';
import type { EquipmentModels } from '../models.js';
import { commandDetail, commandInput, commandPage, commandView, listCommandsInput, sendCommandInput } from './schema.js';
import { createDeviceCommandService, getCommand, listCommands } from './service.js';

const tags = ['equipment'];

/** `equipment.commands.*`. */
export function createDeviceCommandsRouter(models: EquipmentModels) {
  const service = createDeviceCommandService(models);
  return {
    send: command({
      permission: 'equipment.command',
      rest: { method: 'POST', path: '/devices/{device}/commands', summary: 'Send a command to a device, now or when it connects', tags },
      input: sendCommandInput,
      output: commandView,
      run: service.send,
    }),
    list: query({
      permission: 'equipment.read',
      rest: { method: 'GET', path: '/device-commands', summary: 'List the commands to your devices, newest first', tags },
      input: listCommandsInput,
      output: commandPage,
      run: listCommands,
    }),
    get: query({
      permission: 'equipment.read',
      rest: { method: 'GET', path: '/device-commands/{command}', summary: 'Read a command, its answer and its whole trail', tags },
      input: commandInput,
      output: commandDetail,
      run: (scope, input) => getCommand(scope, input.command),
    }),
    cancel: command({
      permission: 'equipment.command',
      rest: { method: 'POST', path: '/device-commands/{command}/cancel', summary: 'Give a command to its device no more', tags },
      input: commandInput,
      output: commandView,
      run: (scope, input) => service.cancel(scope, input.command),
    }),
  };
}
