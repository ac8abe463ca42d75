import { type Command, InvalidArgumentError } from 'commander';
import { createLog } from '../operations/log.js';
import { command, table } from './command.js';
import { untilAskedToEnd } from './signals.js';

const number = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < least || value > most)
    throw new InvalidArgumentError(`it must be a number from ${least} to ${most}`);
  return value;
};

export const demoCommand: Command = command(
  'demo',
  'the whole platform with its demo world; moves to the next free port when one is taken',
  async (config, options) => {
    const log = createLog(process.env['YUNFAB_LOG_LEVEL'] ? config.logLevel : 'warn');
    const say = (message: string) => void (options['json'] || console.log(message));
    const { seed, devices, speed } = options as { seed: number; devices?: number; speed: number };
    const { startDemo } = await import('../demo/demo.js');
    const demo = await startDemo({ config, log, say, seed, devices: devices ?? null, speed });
    if (options['json']) console.log(JSON.stringify({ httpUrl: demo.httpUrl, mqttUrl: demo.mqttUrl, signIns: demo.signIns }));
    else {
      console.log(
        `\n${table(
          ['sign in as', 'password', 'of', ''],
          demo.signIns.map(({ email, password, organization, name }) => [email, password, organization, name]),
        )}\n`,
      );
      const badges = demo.signIns.flatMap(({ badge, organization, name }) => (badge ? [[badge.code, badge.pin, organization, name]] : []));
      if (badges.length > 0) console.log(`${table(['badge', 'PIN', 'of', ''], badges)}\n`);
      console.log(`yunfab ready ${demo.httpUrl} ${demo.mqttUrl}`);
    }
    demo.goLive();
    await untilAskedToEnd(async () => {
      say('stopping …');
      await demo.stop();
    }, log);
    return null;
  },
)
  .option('--seed <number>', 'the same seed gives the same world and the same noise', number(0, 2 ** 31), 1)
  .option('--devices <number>', 'how many machines publish', number(1, 200))
  .option('--speed <factor>', 'how much faster than real time the machines work', number(0.1, 100), 1);
