import { command, query } from '../commands/index.js';
import { claimsRouter } from './claims/router.js';
import { deadLettersRouter } from './dead-letters/router.js';
import { createDeviceCommandsRouter } from './device-commands/router.js';
import { createDeviceConfigurationRouter } from './device-configuration/router.js';
import { gatewaysRouter } from './gateways/router.js';
import { overviewQuery } from './overview/overview.js';
import { createQuarantineRouter } from './quarantine/router.js';
import {
  aggregateInput,
  aggregateView,
  createDeviceInput,
  createEquipmentInput,
  deviceInput,
  devicePage,
  deviceSecret,
  deviceView,
  downsampleInput,
  downsampleView,
  equipmentDetail,
  equipmentInput,
  equipmentPage,
  equipmentView,
  latestView,
  listDevicesInput,
  listEquipmentInput,
  rangeInput,
  rangeView,
} from './schema.js';
import type { EquipmentService } from './service.js';

const tags = ['equipment'];

/** `equipment.*`: registering machines and their devices, and reading what they measured. */
export function createEquipmentRouter(service: EquipmentService) {
  return {
    create: command({
      permission: 'equipment.manage',
      rest: { method: 'POST', path: '/equipment', summary: 'Register equipment of a known model', tags },
      input: createEquipmentInput,
      output: equipmentView,
      run: service.create,
    }),
    get: query({
      permission: 'equipment.read',
      rest: {
        method: 'GET',
        path: '/equipment/{equipment}',
        summary: 'Read equipment, its signals, the commands it takes, and whether its devices are online',
        tags,
      },
      input: equipmentInput,
      output: equipmentDetail,
      run: (scope, { equipment }) => service.get(scope, equipment),
    }),
    list: query({
      permission: 'equipment.read',
      rest: { method: 'GET', path: '/equipment', summary: 'List the equipment of your organization by code', tags },
      input: listEquipmentInput,
      output: equipmentPage,
      run: service.list,
    }),
    overview: overviewQuery,
    telemetry: {
      latest: query({
        permission: 'equipment.read',
        rest: { method: 'GET', path: '/equipment/{equipment}/latest', summary: 'Read the newest value of every signal', tags },
        input: equipmentInput,
        output: latestView,
        run: (scope, { equipment }) => service.latest(scope, equipment),
      }),
      range: query({
        permission: 'equipment.read',
        // POST, because a list of signals does not fit a REST query; it changes nothing.
        rest: {
          method: 'POST',
          path: '/equipment/{equipment}/range',
          summary: 'Read the samples of a time range, in columns and pages',
          tags,
        },
        input: rangeInput,
        output: rangeView,
        run: service.range,
      }),
      aggregate: query({
        permission: 'equipment.read',
        rest: {
          method: 'POST',
          path: '/equipment/{equipment}/aggregate',
          summary: 'Read count, average, low, high, first and last of each bucket of a time range; empty buckets show',
          tags,
        },
        input: aggregateInput,
        output: aggregateView,
        run: service.aggregate,
      }),
      downsample: query({
        permission: 'equipment.read',
        rest: {
          method: 'POST',
          path: '/equipment/{equipment}/downsample',
          summary: 'Read so many samples of a time range as a chart can show, with its extremes and gaps',
          tags,
        },
        input: downsampleInput,
        output: downsampleView,
        run: service.downsample,
      }),
    },
    deadLetters: deadLettersRouter,
    commands: createDeviceCommandsRouter(service.models),
    gateways: gatewaysRouter,
    configuration: createDeviceConfigurationRouter(service.models),
    claims: claimsRouter,
    quarantine: createQuarantineRouter(service),
    devices: {
      create: command({
        permission: 'equipment.devices',
        rest: { method: 'POST', path: '/devices', summary: 'Register a device on equipment; its token is shown once', tags },
        record: { kind: 'equipment', id: (input) => input.equipment },
        input: createDeviceInput,
        output: deviceSecret,
        secrets: ['token'],
        run: service.createDevice,
      }),
      list: query({
        permission: 'equipment.read',
        rest: { method: 'GET', path: '/devices', summary: 'List the devices of your organization by code', tags },
        input: listDevicesInput,
        output: devicePage,
        run: service.listDevices,
      }),
      rotate: command({
        permission: 'equipment.devices',
        rest: { method: 'POST', path: '/devices/{device}/rotate', summary: 'Give a device a new token; the old one ends', tags },
        input: deviceInput,
        output: deviceSecret,
        secrets: ['token'],
        run: (scope, { device }) => service.rotateDevice(scope, device),
      }),
      revoke: command({
        permission: 'equipment.devices',
        rest: { method: 'POST', path: '/devices/{device}/revoke', summary: 'End a device’s token and cut it off', tags },
        input: deviceInput,
        output: deviceView,
        run: (scope, { device }) => service.revokeDevice(scope, device),
      }),
    },
  };
}
