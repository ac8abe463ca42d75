#!/usr/bin/env node
import { Command } from 'commander';
import { platformVersion } from '../platform/version.js';
import { auditCommands } from './audit.js';
import { databaseCommands, migrateCommand } from './database.js';
import { demoCommand } from './demo.js';
import { deviceCommands } from './devices.js';
import { doctorCommand } from './doctor.js';
import { gatewayCommand } from './gateway.js';
import { keyCommands } from './keys.js';
import { organizationCommands } from './organizations.js';
import { startCommand } from './start.js';
import { verticalCommands } from './verticals.js';

const program = new Command('yunfab')
  .description('Yunfab 云制: shared orders between companies, their machines as evidence')
  .version(platformVersion)
  .option('--json', 'answer with one JSON value, for programs')
  .showHelpAfterError('(add --help for what there is)')
  .addHelpText('after', '\nEnvironment: YUNFAB_HTTP_PORT, YUNFAB_DATABASE_URL, YUNFAB_DATA_DIR, YUNFAB_MQTT_PORT, … (packages/server/README.md lists all).');

for (const each of [startCommand, demoCommand, gatewayCommand, migrateCommand, databaseCommands, organizationCommands, keyCommands, deviceCommands, verticalCommands, doctorCommand, auditCommands])
  program.addCommand(each);

await program.parseAsync();
