export { appendEvent, type NewEvent } from './append.js';
export { type Checkpoint, type SignedCheckpoint, signHeads, verifyCheckpoint } from './checkpoint.js';
export { eventsErrors } from './errors.js';
export { type FeedLag, type FeedPage, feedCursor, readFeed, readFeedLag, readTimeline } from './feed.js';
export { type FeedListener, listenFeed } from './listen.js';
export { eventMigrations } from './migrations.js';
export { eventSchema, type TimelineEntry, timelineEntrySchema, type WireEvent } from './schema.js';
export { type Sequencer, type SequencerOptions, startSequencer, type WorkerLog } from './sequencer.js';
export { type BadEntry, type FeedVerification, verifyFeed } from './verify.js';
