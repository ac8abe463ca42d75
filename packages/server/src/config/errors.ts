import { defineErrors } from '@yunfab/core/errors';

export const configErrors = defineErrors('config', {
  invalid: {
    status: 500,
    en: '{name} is "{value}", but {problem}. Correct the environment variable and start again.',
    zh: '环境变量 {name} 的值“{value}”有误：{problem}。请更正后重新启动。',
  },
  secret_missing: {
    status: 500,
    en: 'YUNFAB_SECRET is not set. Set it to at least 32 random characters (for example `openssl rand -base64 32`) and start again.',
    zh: '未设置 YUNFAB_SECRET。请设为至少 32 个随机字符（例如 `openssl rand -base64 32`）后重新启动。',
  },
  secret_weak: {
    status: 500,
    en: 'YUNFAB_SECRET is too easy to guess ({problem}). Set it to at least 32 random characters and start again.',
    zh: 'YUNFAB_SECRET 过于简单（{problem}）。请设为至少 32 个随机字符后重新启动。',
  },
  owner_url_missing: {
    status: 500,
    en: 'YUNFAB_DATABASE_OWNER_URL is not set, and this needs the owner of the schema. Set it to the URL of yunfab_owner.',
    zh: '未设置 YUNFAB_DATABASE_OWNER_URL，此操作需要结构所有者。请设为 yunfab_owner 的连接地址。',
  },
  broker_unreachable: {
    status: 500,
    en: 'The MQTT broker at {url} does not let us in: {problem}. Start it or correct YUNFAB_MQTT_URL.',
    zh: '无法连接 MQTT 代理 {url}:{problem}。请启动该代理或更正 YUNFAB_MQTT_URL。',
  },
  file_store_unusable: {
    status: 500,
    en: 'No file can be kept at {place}: {problem}. Correct YUNFAB_DATA_DIR or YUNFAB_FILES_S3_…, and start again.',
    zh: '无法在 {place} 保存文件：{problem}。请更正 YUNFAB_DATA_DIR 或 YUNFAB_FILES_S3_… 后重新启动。',
  },
  port_taken: {
    status: 500,
    en: 'Port {port} ({name}) on {host} is in use by another program. Stop that program or set {name} to a free port.',
    zh: '{host} 的端口 {port}（{name}）已被其他程序占用。请停止该程序，或将 {name} 设为空闲端口。',
  },
});
