// `npm start`: from a fresh checkout to the whole platform with its demo world.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithParent } from './parent.mjs';
import { leave, prepare, root, say } from './prepare.mjs';

// Run by hand, it may outlive the shell, as anything may.
if (process.env.npm_lifecycle_event) endWithParent();
await prepare().catch(leave);
say('starting …');
// In this process, so that Ctrl-C and a service manager meet the server itself.
const program = join(root, 'packages', 'server', 'dist', 'cli', 'main.js');
process.argv = [process.execPath, program, 'demo', ...process.argv.slice(2)];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(program).href);
