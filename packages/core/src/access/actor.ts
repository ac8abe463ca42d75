import type { ActorRef, OrganizationId } from '../database/index.js';

/** A text in both languages of the platform. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Who makes a request, for which organization, and what the organization lets them do. */
export interface Actor extends ActorRef {
  readonly organization: OrganizationId;
  readonly organizationCode: string;
  readonly organizationName: Words;
  /** IANA name. */
  readonly timeZone: string;
  readonly permissions: PermissionSet;
  /** What is asked about again, every half second, while a connection of this actor stays open. */
  readonly credential: { readonly kind: 'key' | 'session' | 'device'; readonly id: string };
}

/** Answers whether a permission is held. */
export interface PermissionSet {
  has(permission: string): boolean;
}

/** `*` holds all, `orders.*` all of a feature, `production.floor.*` all of a part of it, otherwise the exact name. */
export function permissionSet(scopes: readonly string[]): PermissionSet {
  const exact = new Set(scopes);
  return {
    has(permission) {
      if (exact.has('*') || exact.has(permission)) return true;
      const parts = permission.split('.');
      return parts.slice(1).some((_, index) => exact.has(`${parts.slice(0, index + 1).join('.')}.*`));
    },
  };
}
