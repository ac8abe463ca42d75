import type { Permissions } from '../access/index.js';

export const filesPermissions: Permissions = {
  'files.view': {
    en: 'See and download the files of records',
    zh: '查看和下载记录的附件',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'files.attach': {
    en: 'Upload files, attach them to records and withdraw them',
    zh: '上传文件、添加和撤下附件',
    roles: ['trade', 'production', 'quality'],
  },
};
