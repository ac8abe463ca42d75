import type { Command } from 'commander';
import { createLog } from '../operations/log.js';
import { command } from './command.js';
import { untilAskedToEnd } from './signals.js';

export const gatewayCommand: Command = command(
  'gateway',
  'only the MQTT gateway; start as many as needed against one external broker',
  async (config, options) => {
    const log = createLog(config.logLevel);
    const { startGatewayProcess } = await import('../platform/gateway-process.js');
    const gateway = await startGatewayProcess({ config, log });
    const { mqttUrl, healthUrl } = gateway;
    process.stdout.write(
      options['json']
        ? `${JSON.stringify({ mqttUrl, healthUrl })}\n`
        : `yunfab gateway ready ${[mqttUrl, healthUrl ?? ''].join(' ').trim()}\n`,
    );
    await untilAskedToEnd(gateway.stop, log);
    return null;
  },
);
