export { type Actor, type PermissionSet, permissionSet, type Words } from './actor.js';
export { type Authenticator, type AuthenticatorOptions, createAuthenticator, type MemberActor, type Membership } from './authenticator.js';
export { findDeviceCredential, issueDeviceCredential, revokeDeviceCredential } from './devices.js';
export {
  type OrganizationProfile,
  type OrganizationRef,
  operatorOrganization,
  organizationByCode,
  organizationNames,
  organizationProfile,
  searchOrganizations,
} from './directory.js';
export { accessErrors } from './errors.js';
export { startGrantExpiry } from './grant-expiry.js';
export { type Grant, giveGrant, listGrants, type NewGrant, revokeGrant } from './grants.js';
export {
  checkIdentifier,
  type IdentifierCheck,
  type IdentifierScheme,
  type OrganizationIdentifier,
  usccCheckCharacter,
} from './identifiers.js';
export { type ApiKey, createApiKey, listApiKeys, type NewApiKey, revokeApiKey } from './keys.js';
export { addMember, listMembers, type Member, type NewMember, removeMember, setMemberRoles } from './members.js';
export { accessMigrations } from './migrations.js';
export {
  asOperator,
  createOrganization,
  type NewOrganization,
  organizationIdOf,
  platformOperator,
  registerPerson,
  resumeOrganization,
  setOperator,
  suspendOrganization,
} from './organizations.js';
export {
  type ActorScope,
  accessPermissions,
  type MemberRole,
  memberRoles,
  type PermissionDeclaration,
  type Permissions,
  permissionsOfRoles,
} from './permissions.js';
export { addParty, createOwnRecords, createRecord, type NewParty, type NewRecord, partiesOf } from './records.js';
export { type CredentialWatch, type CredentialWatchOptions, watchCredentials } from './watch.js';
