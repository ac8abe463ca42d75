import type { OrganizationId, RecordId } from '../database/index.js';
import type { FileRole } from './roles.js';

export type FilesTables = {
  /** Who uploaded which content, and as what; `core.keep_upload` writes it. */
  file_upload: {
    organization: OrganizationId;
    sha256: string;
    name: string;
    size: number;
    media_type: string;
    uploaded_by: string;
    uploaded_at: Date;
  };
  record_file: {
    id: string;
    record_id: RecordId;
    sha256: string;
    organization: OrganizationId;
    name: string;
    role: FileRole;
    revision: string | null;
    size: number;
    media_type: string;
    attached_by: string;
    attached_at: Date;
    superseded_at: Date | null;
    superseded_by: string | null;
    reason: string | null;
    replaced_by: string | null;
  };
};
