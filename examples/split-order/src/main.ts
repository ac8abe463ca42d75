import { createClient, isYunfabError } from '@yunfab/sdk';
import { splitOrder } from './story.js';

const { YUNFAB_URL = 'http://127.0.0.1:4600', BUYER_KEY } = process.env;
const factories = (process.env['FACTORIES'] ?? '').split(',').filter((each) => each.includes('='));
if (!BUYER_KEY || factories.length !== 3) {
  console.error(`Set BUYER_KEY to an API key of the buyer, and FACTORIES to three suppliers as code=key,code=key,code=key.
While \`npm start\` runs, make them in another terminal, in the folder that it runs in:
  key() { node packages/server/bin/yunfab.js key create "$1" --name split-order; }
  export BUYER_KEY=$(key voyager) FACTORIES="shanhai=$(key shanhai),haiyan=$(key haiyan),haisi=$(key haisi)"
Optional: YUNFAB_URL (now ${YUNFAB_URL}).`);
  process.exit(1);
}

const connect = (apiKey: string) => createClient({ url: YUNFAB_URL, apiKey });
const [first, second, third] = factories.map((each) => {
  const [code = '', ...key] = each.split('=');
  return { code, yunfab: connect(key.join('=')) };
});

try {
  if (first && second && third) await splitOrder({ buyer: connect(BUYER_KEY), factories: [first, second, third], say: console.log });
} catch (error) {
  if (!isYunfabError(error)) throw error;
  console.error(`${error.code}: ${error.message}${error.requestId ? ` (request ${error.requestId})` : ''}`);
  process.exitCode = 1;
}
