import { accessErrors } from '@yunfab/core/access';
import type { Clock } from '@yunfab/core/commands';
import { type Database, inScope } from '@yunfab/core/database';
import { feedCursor, readFeed } from '@yunfab/core/events';
import type { FeedReader } from './feed-hub.js';

/** Reads the feed as the organization itself, under row-level security: what is pushed is what asking would give. */
export function createFeedReader({ database, clock }: { readonly database: Database; readonly clock: Clock }): FeedReader {
  return {
    async read(actor, after, limit) {
      if (!actor.permissions.has('events.read')) throw accessErrors.forbidden({ permission: 'events.read', actor: actor.label });
      const { organization } = actor;
      return inScope(database.runtime, { organization, actor, now: clock(), readOnly: true }, (scope) => readFeed(scope, { after, limit }));
    },
    head: (actor) => inScope(database.runtime, { organization: actor.organization, actor, now: clock(), readOnly: true }, feedCursor),
  };
}
