import { defineErrors } from '../../errors/index.js';

export const embeddedErrors = defineErrors('embedded', {
  in_use: {
    status: 409,
    en: 'The data folder {folder} is in use by process {pid}{where}. Stop that one, or set YUNFAB_DATA_DIR to another folder.',
    zh: '数据目录 {folder} 正被进程 {pid}{where} 使用。请先停止它，或把 YUNFAB_DATA_DIR 设为其他目录。',
  },
  not_ours: {
    status: 403,
    en: 'The database in {folder} belongs to the system user {owner}. Start as that user or as root, or set YUNFAB_DATA_DIR to another folder.',
    zh: '目录 {folder} 中的数据库属于系统用户 {owner}。请以该用户或 root 启动，或把 YUNFAB_DATA_DIR 设为其他目录。',
  },
  platform_unsupported: {
    status: 500,
    en: 'There is no embedded PostgreSQL for {platform}. Set YUNFAB_DATABASE_URL to a PostgreSQL server, 15 or newer.',
    zh: '没有适用于 {platform} 的内嵌 PostgreSQL。请把 YUNFAB_DATABASE_URL 指向 15 或更新版本的 PostgreSQL 服务器。',
  },
  no_account: {
    status: 500,
    en: 'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Create one (`useradd --system postgres`) or start as an ordinary user.',
    zh: 'PostgreSQL 不能以 root 运行，而本机没有用户“postgres”或“nobody”。请创建一个（`useradd --system postgres`），或以普通用户启动。',
  },
  version_mismatch: {
    status: 500,
    en: 'The database in {folder} was made by PostgreSQL {found}; this version runs {expected}. Start the version that made it, take a backup, and restore it here.',
    zh: '目录 {folder} 中的数据库由 PostgreSQL {found} 创建，而当前版本运行 {expected}。请用原版本启动并备份，再在此恢复。',
  },
  failed: {
    status: 500,
    en: 'The embedded PostgreSQL did not start ({step}): {reason}. Its log is {log}.',
    zh: '内嵌 PostgreSQL 未能启动（{step}）：{reason}。日志见 {log}。',
  },
});
