import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createClient, isYunfabError } from '@yunfab/sdk';
import { firstOrder, type MachineLogin } from './story.js';

const { YUNFAB_URL = 'http://127.0.0.1:4600', MQTT_URL, BUYER_KEY, SUPPLIER_KEY, SUPPLIER = 'shanhai' } = process.env;
if (!BUYER_KEY || !SUPPLIER_KEY) {
  console.error(`Set BUYER_KEY and SUPPLIER_KEY, API keys of two organizations, and SUPPLIER, the code of the second (now "${SUPPLIER}").
While \`npm start\` runs, make them in another terminal, in the folder that it runs in:
  export BUYER_KEY=$(node packages/server/bin/yunfab.js key create voyager --name first-order)
  export SUPPLIER_KEY=$(node packages/server/bin/yunfab.js key create ${SUPPLIER} --name first-order)
Optional: YUNFAB_URL (now ${YUNFAB_URL}), MQTT_URL.`);
  process.exit(1);
}

// #region clients
const buyer = createClient({ url: YUNFAB_URL, apiKey: BUYER_KEY });
const supplier = createClient({ url: YUNFAB_URL, apiKey: SUPPLIER_KEY });
// #endregion

try {
  await firstOrder({ buyer, supplier, supplierCode: SUPPLIER, startMachine, say: console.log });
} catch (error) {
  if (!isYunfabError(error)) throw error;
  console.error(`${error.code}: ${error.message}${error.requestId ? ` (request ${error.requestId})` : ''}`);
  process.exitCode = 1;
}

/** The neighbouring example stands for the machine: its own process, a plain MQTT client. */
function startMachine({ username, token, pieces }: MachineLogin): void {
  const program = fileURLToPath(new URL('../../plain-device/src/main.ts', import.meta.url));
  const env = { ...process.env, ...(MQTT_URL ? { MQTT_URL } : {}), DEVICE: username, TOKEN: token, PIECES: String(pieces) };
  spawn(process.execPath, ['--import', 'tsx', program], { env, stdio: 'inherit' });
}
