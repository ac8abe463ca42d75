import { z } from 'zod';
import { query } from '../../commands/index.js';
import { deviceTrafficInput, deviceTrafficView, gatewayStatusView, gatewaysView } from './schema.js';
import { deviceTraffic, gatewayStatus, listGateways } from './service.js';

const tags = ['equipment'];

/** `equipment.gateways.*`: whether what devices send arrives. */
export const gatewaysRouter = {
  status: query({
    permission: 'equipment.read',
    rest: { method: 'GET', path: '/gateways/status', summary: 'Read how many gateways run', tags },
    input: z.object({}),
    output: gatewayStatusView,
    run: gatewayStatus,
  }),
  list: query({
    permission: 'equipment.gateways',
    rest: { method: 'GET', path: '/gateways', summary: 'Read the counters of every gateway; for whoever runs the platform', tags },
    input: z.object({}),
    output: gatewaysView,
    run: listGateways,
  }),
  devices: query({
    permission: 'equipment.read',
    rest: {
      method: 'GET',
      path: '/gateways/devices',
      summary: 'Read for each of your devices what was stored of it, and what could not be, in the last minutes',
      tags,
    },
    input: deviceTrafficInput,
    output: deviceTrafficView,
    run: deviceTraffic,
  }),
};
