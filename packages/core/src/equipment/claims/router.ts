import { command, query } from '../../commands/index.js';
import { claimInput, claimPage, claimSecret, claimView, createClaimInput, listClaimsInput } from './schema.js';
import { cancelClaim, createClaim, listClaims } from './service.js';

const tags = ['equipment'];

/** `equipment.claims.*`. */
export const claimsRouter = {
  create: command({
    permission: 'equipment.devices',
    rest: {
      method: 'POST',
      path: '/devices/{device}/claims',
      summary: 'Make a code by which an installer’s device fetches its token, once; it is shown once',
      tags,
    },
    input: createClaimInput,
    output: claimSecret,
    secrets: ['code'],
    run: createClaim,
  }),
  list: query({
    permission: 'equipment.devices',
    rest: { method: 'GET', path: '/device-claims', summary: 'List the claim codes of your devices, newest first, without the codes', tags },
    input: listClaimsInput,
    output: claimPage,
    run: listClaims,
  }),
  cancel: command({
    permission: 'equipment.devices',
    rest: { method: 'POST', path: '/device-claims/{claim}/cancel', summary: 'End a claim code that was not used', tags },
    input: claimInput,
    output: claimView,
    run: (scope, { claim }) => cancelClaim(scope, claim),
  }),
};
