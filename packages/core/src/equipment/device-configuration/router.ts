import { command, query } from '../../commands/index.js';
import type { EquipmentModels } from '../models.js';
import { configurationHistory, configurationInput, configurationView, setConfigurationInput } from './schema.js';
import { configurationVersions, createConfigurationService, getConfiguration } from './service.js';

const tags = ['equipment'];

/** `equipment.configuration.*`. */
export function createDeviceConfigurationRouter(models: EquipmentModels) {
  const service = createConfigurationService(models);
  return {
    set: command({
      permission: 'equipment.command',
      rest: { method: 'POST', path: '/devices/{device}/configuration', summary: 'Say what a device is to run, as its next version', tags },
      input: setConfigurationInput,
      output: configurationView,
      run: service.set,
    }),
    get: query({
      permission: 'equipment.read',
      rest: {
        method: 'GET',
        path: '/devices/{device}/configuration',
        summary: 'Read what a device is to run, what it says that it runs, and the difference',
        tags,
      },
      input: configurationInput,
      output: configurationView,
      run: (scope, { device }) => getConfiguration(scope, device),
    }),
    versions: query({
      permission: 'equipment.read',
      rest: { method: 'GET', path: '/devices/{device}/configuration/versions', summary: 'List the last 100 versions, newest first', tags },
      input: configurationInput,
      output: configurationHistory,
      run: (scope, { device }) => configurationVersions(scope, device),
    }),
  };
}
