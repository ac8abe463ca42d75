/**
 * GS1 identifiers, once for all industries: keys with their check digits, element strings, Digital Links and EPCs, by the
 * table of Application Identifiers. Pure; what comes from outside is answered with issues, never with an exception.
 */
export {
  type ApplicationIdentifier,
  applicationIdentifier,
  applicationIdentifiers,
} from './application-identifiers.js';
export { checkCharacterPair, checkDigit, hasCheckDigit, mod37Check } from './check-characters.js';
export { readDate, writeDate } from './dates.js';
export { encodeDigitalLink, parseDigitalLink } from './digital-link.js';
export {
  bracketElements,
  type Element,
  encodeElements,
  findIssues,
  groupSeparator,
  type ParsedElements,
  parseElements,
} from './element-string.js';
export { encodeSgtin96, gtinOf, parseSgtin96, parseSgtinUri, type Sgtin, sgtinOf, sgtinTagUri, sgtinUri } from './epc.js';
export { isGln, isSscc, makeSscc, packedGtin, parseGtin } from './keys.js';
