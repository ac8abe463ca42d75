import type { Command } from 'commander';
import { requireSecret } from '../config/index.js';
import { createLog } from '../operations/log.js';
import { command } from './command.js';
import { untilAskedToEnd } from './signals.js';

export const startCommand: Command = command(
  'start',
  'serve for production: no demo world; YUNFAB_SECRET has to be set, taken ports are an error',
  async (config, options) => {
    const secret = requireSecret(config);
    const { startPlatform } = await import('../platform/platform.js');
    const log = createLog(config.logLevel);
    const platform = await startPlatform({ config, secret, log, say: (message) => log.info(message) });
    const { httpUrl, mqttUrl } = platform;
    process.stdout.write(options['json'] ? `${JSON.stringify({ httpUrl, mqttUrl })}\n` : `yunfab ready ${httpUrl} ${mqttUrl}\n`);
    await untilAskedToEnd(platform.stop, log);
    return null;
  },
);
