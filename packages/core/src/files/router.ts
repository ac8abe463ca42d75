import { z } from 'zod';
import { command, query } from '../commands/index.js';
import { attachFile, detachFile, fileUsage, listFiles } from './attachments.js';
import { attachInput, detachInput, listInput, recordFilePage, recordFileSchema, usageSchema } from './schema.js';

const tags = ['files'];

/** Contents travel beside the procedures, at `/api/files`: see docs/files.md. */
export function createFilesRouter() {
  return {
    attach: command({
      permission: 'files.attach',
      rest: { method: 'POST', path: '/files/attachments', summary: 'Attach an uploaded file to a record', tags },
      input: attachInput,
      output: recordFileSchema,
      record: { kind: 'record', id: ({ record }) => record },
      run: attachFile,
    }),
    detach: command({
      permission: 'files.attach',
      rest: {
        method: 'POST',
        path: '/files/attachments/{attachment}/detach',
        summary: 'Withdraw a file that your organization attached; the history keeps it',
        tags,
      },
      input: detachInput,
      output: recordFileSchema,
      run: (scope, { attachment, reason }) => detachFile(scope, attachment, reason ?? null),
    }),
    list: query({
      permission: 'files.view',
      rest: { method: 'GET', path: '/files', summary: 'The files of a record, newest first', tags },
      input: listInput,
      output: recordFilePage,
      run: listFiles,
    }),
    usage: query({
      permission: 'files.view',
      rest: { method: 'GET', path: '/files/usage', summary: 'How much your organization has uploaded and keeps', tags },
      input: z.object({}),
      output: usageSchema,
      run: fileUsage,
    }),
  };
}
