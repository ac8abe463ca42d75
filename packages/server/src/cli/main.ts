#!/usr/bin/env node
import { Command } from 'commander';
import { platformVersion } from '../platform/version.js';

/** Only the command that is asked for is loaded: saying what there is shall not cost a second. */
const commands: readonly { readonly name: string; readonly description: string; readonly load: () => Promise<Command> }[] = [
  {
    name: 'start',
    description: 'server for production: no demo world, refuses default secrets',
    load: async () => (await import('./start.js')).startCommand,
  },
  { name: 'demo', description: 'the whole platform with its demo world', load: async () => (await import('./demo.js')).demoCommand },
  {
    name: 'gateway',
    description: 'only the MQTT gateway; start as many as needed',
    load: async () => (await import('./gateway.js')).gatewayCommand,
  },
  { name: 'migrate', description: 'bring the schema up to date', load: async () => (await import('./database.js')).migrateCommand },
  { name: 'db', description: 'the PostgreSQL server: init', load: async () => (await import('./database.js')).databaseCommands },
  {
    name: 'org',
    description: 'organizations and who may sign in for them',
    load: async () => (await import('./organizations.js')).organizationCommands,
  },
  { name: 'key', description: 'API keys of programs', load: async () => (await import('./keys.js')).keyCommands },
  { name: 'device', description: 'devices that publish over MQTT', load: async () => (await import('./devices.js')).deviceCommands },
  { name: 'vertical', description: 'industry plugins', load: async () => (await import('./verticals.js')).verticalCommands },
  { name: 'doctor', description: 'check everything and say what to fix', load: async () => (await import('./doctor.js')).doctorCommand },
  {
    name: 'metering',
    description: 'use of the platform per organization and month',
    load: async () => (await import('./metering.js')).meteringCommands,
  },
  { name: 'audit', description: 'the hash chains over what happened', load: async () => (await import('./audit.js')).auditCommands },
];

const program = new Command('yunfab')
  .description('Yunfab 云制: shared orders between companies, their machines as evidence')
  .version(platformVersion)
  .showHelpAfterError('(add --help for what there is)')
  .addHelpText('after', '\nEvery command has --help and --json. Environment: packages/server/README.md lists all variables.');

const asked = process.argv.slice(2).find((word) => !word.startsWith('-'));
const helped = asked === 'help' ? process.argv.at(-1) : asked;
for (const { name, description, load } of commands)
  program.addCommand(name === helped ? await load() : new Command(name).description(description));

await program.parseAsync();
