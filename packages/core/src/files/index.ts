/**
 * Files by the SHA-256 of their content. `file_upload` says which organization brought a content, `record_file` at which record
 * it stands under which name; whoever sees the record may read it, and a hash alone opens nothing. Where the bytes lie is behind
 * the port `FileStore`, which the server implements. Features attach with `attachFile` and read with `filesOf`.
 */
export {
  attachFile,
  detachFile,
  filesOf,
  fileUsage,
  findDownload,
  listFiles,
  type NewAttachment,
  storedBytes,
} from './attachments.js';
export { filesErrors } from './errors.js';
export { fileEvents, fileEventWords } from './events.js';
export { fileMigrations } from './migrations.js';
export { filesPermissions } from './permissions.js';
export { type FileRole, fileRoles, fileRoleWords } from './roles.js';
export { createFilesRouter } from './router.js';
export { fileNameSchema, type RecordFile, sha256Schema, type UploadedFile, uploadedFileSchema } from './schema.js';
export type { ByteRange, FileStore, ReceivedContent } from './store.js';
export { type Swept, sampleStored, startFileSweep, sweepFiles } from './sweep.js';
export { keepUpload, type Upload } from './uploads.js';
