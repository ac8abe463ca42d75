export { type Incoming, openIncoming, type Received } from './incoming.js';
export { assertUsable, fileStoreOf, incomingFolderOf } from './open-store.js';
