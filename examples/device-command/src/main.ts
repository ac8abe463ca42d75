import { createClient, isYunfabError } from '@yunfab/sdk';

/** Has a machine do something, and says what became of it. Ends with 0 when the machine did it. */

const { YUNFAB_URL = 'http://127.0.0.1:4600', API_KEY, DEVICE, COMMAND, PARAMETERS = '{}', EXPIRES_IN_S = '60' } = process.env;
if (!API_KEY || !DEVICE || !COMMAND) {
  console.error('Set API_KEY, DEVICE (the code of a device of your organization) and COMMAND. Optional: PARAMETERS (JSON), EXPIRES_IN_S.');
  process.exit(1);
}

try {
  // #region command
  const yunfab = createClient({ url: YUNFAB_URL, apiKey: API_KEY });
  const { cursor } = await yunfab.events.head();
  const parameters = JSON.parse(PARAMETERS) as Record<string, unknown>;
  const { id } = await yunfab.equipment.commands.send({ device: DEVICE, name: COMMAND, parameters, expiresInS: Number(EXPIRES_IN_S) });
  const ends = ['acknowledged', 'rejected', 'expired', 'canceled'].map((end) => `equipment.command_${end}`);
  for await (const { body } of yunfab.events.follow({ after: cursor, types: ends })) {
    if (body['command'] !== id) continue;
    const { state, answer } = await yunfab.equipment.commands.get({ command: id });
    console.log(`${COMMAND} is ${state}: ${answer?.error ?? JSON.stringify(answer?.more ?? {})}`);
    process.exitCode = state === 'acknowledged' ? 0 : 2;
    break;
  }
  // #endregion
} catch (error) {
  if (!isYunfabError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
