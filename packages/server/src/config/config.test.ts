import { describe, expect, it } from 'vitest';
import { readConfig, requireSecret } from './index.js';

const codeOf = (work: () => unknown): { code: string; message: string } => {
  try {
    work();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('nothing was thrown');
};

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      http: { host: '127.0.0.1', port: 4600, trustProxy: false },
      database: { kind: 'embedded' },
      files: { mostBytes: 2_147_483_648, s3: null },
      broker: { kind: 'embedded', host: '127.0.0.1', port: 1883, tls: null },
      telemetry: { samplesDays: null, minutesDays: null, hoursDays: null, eventsDays: null, lettersDays: null, commandsDays: null },
      clockSkewMs: 600_000,
      verticals: ['tire', 'medical-device', 'fishing-gear', 'peripherals', 'apparel'].map((id) => `@yunfab/vertical-${id}`),
      auditHash: 'sha256',
      logLevel: 'info',
    });
  });

  it('lets system and ingest connect like runtime, under their own names', () => {
    const { database } = readConfig({ YUNFAB_DATABASE_URL: 'postgres://yunfab_runtime:pw@db:5433/y' });
    expect(database).toEqual({
      kind: 'server',
      urls: {
        runtime: 'postgres://yunfab_runtime:pw@db:5433/y',
        system: 'postgres://yunfab_system:pw@db:5433/y',
        ingest: 'postgres://yunfab_ingest:pw@db:5433/y',
      },
    });
  });

  it('takes an external broker instead of the embedded one', () => {
    expect(readConfig({ YUNFAB_MQTT_URL: 'mqtts://u:p@broker:8883', YUNFAB_MQTT_CLIENT_ID: 'gw-1' }).broker).toEqual({
      kind: 'external',
      url: 'mqtts://u:p@broker:8883',
      clientId: 'gw-1',
      caFile: null,
      certificate: null,
      accountsUrl: null,
      emqx: null,
    });
    const shown = { YUNFAB_MQTT_CA: 'ca.pem', YUNFAB_MQTT_CERT: 'gw.pem', YUNFAB_MQTT_KEY: 'gw-key.pem' };
    expect(readConfig({ YUNFAB_MQTT_URL: 'mqtts://broker', ...shown }).broker).toMatchObject({
      clientId: null,
      caFile: 'ca.pem',
      certificate: { certFile: 'gw.pem', keyFile: 'gw-key.pem' },
    });
  });

  it('opens no port for the health of a gateway unless told', () => {
    expect(readConfig({}).gatewayHttp).toBeNull();
    expect(readConfig({ YUNFAB_GATEWAY_HTTP_PORT: '9101' }).gatewayHttp).toEqual({ host: '127.0.0.1', port: 9101 });
  });

  it.each([
    ['YUNFAB_HTTP_PORT', 'http', 'port'],
    ['YUNFAB_HTTP_PORT', '70000', '65535'],
    ['YUNFAB_MQTT_PORT', '1.5', 'whole'],
    ['YUNFAB_DATABASE_URL', 'mysql://db', 'postgres://'],
    ['YUNFAB_MQTT_URL', 'broker:1883', 'mqtt://'],
    ['YUNFAB_AUDIT_HASH', 'sm3', 'sha256'],
    ['YUNFAB_TRUST_PROXY', 'maybe', 'true or false'],
    ['YUNFAB_LOG_LEVEL', 'loud', 'trace'],
    ['YUNFAB_FILES_MAX_BYTES', '2GB', 'bytes'],
    ['YUNFAB_FILES_S3_ENDPOINT', 's3.example.com', 'https://'],
    ['YUNFAB_FILES_S3_BUCKET', 'My_Bucket', 'a-z'],
    ['YUNFAB_MQTT_CLIENT_ID', 'a b', 'letters'],
    ['YUNFAB_TELEMETRY_KEEP_DAYS', '0', 'at least 1 day'],
    ['YUNFAB_TELEMETRY_KEEP_DAYS', 'a month', 'a number of days'],
    ['YUNFAB_TELEMETRY_KEEP_MINUTES_DAYS', '30', 'YUNFAB_TELEMETRY_KEEP_DAYS'],
    ['YUNFAB_TELEMETRY_KEEP_EVENTS_DAYS', '0.5', 'whole number of days'],
    ['YUNFAB_TELEMETRY_CLOCK_SKEW_MINUTES', '0', 'at least 1 minute'],
    ['YUNFAB_TELEMETRY_CLOCK_SKEW_MINUTES', '600000', '400 days'],
  ])('names %s and the wrong value "%s"', (name, value, hint) => {
    const { code, message } = codeOf(() => readConfig({ [name]: value }));
    expect(code).toBe('config.invalid');
    expect(message).toContain(name);
    expect(message).toContain(value);
    expect(message).toContain(hint);
  });

  it('keeps sums at least as long as what they sum up', () => {
    const days = (samples: string, minutes: string, hours: string) =>
      readConfig({
        YUNFAB_TELEMETRY_KEEP_DAYS: samples,
        YUNFAB_TELEMETRY_KEEP_MINUTES_DAYS: minutes,
        YUNFAB_TELEMETRY_KEEP_HOURS_DAYS: hours,
      }).telemetry;
    expect(days('30', '90', '730')).toMatchObject({ samplesDays: 30, minutesDays: 90, hoursDays: 730 });
    expect(days('30', '', '')).toMatchObject({ samplesDays: 30, minutesDays: null, hoursDays: null });
    expect(codeOf(() => days('30', '29', '')).message).toContain('at least YUNFAB_TELEMETRY_KEEP_DAYS, which is 30');
    expect(codeOf(() => days('30', '', '60')).message).toContain('YUNFAB_TELEMETRY_KEEP_MINUTES_DAYS');
  });

  it('keeps events, dead letters and commands each for its own time', () => {
    const { telemetry } = readConfig({ YUNFAB_TELEMETRY_KEEP_EVENTS_DAYS: '400', YUNFAB_TELEMETRY_KEEP_LETTERS_DAYS: '30' });
    expect(telemetry).toMatchObject({ samplesDays: null, eventsDays: 400, lettersDays: 30, commandsDays: null });
  });

  it('never shows a password', () => {
    expect(codeOf(() => readConfig({ YUNFAB_DATABASE_URL: 'mysql://me:topsecret@db' })).message).not.toContain('topsecret');
  });

  it('shows no secret, and wants a long one', () => {
    const { message } = codeOf(() => readConfig({ YUNFAB_MQTT_AUTH_SECRET: 'hunter2' }));
    expect(message).toContain('YUNFAB_MQTT_AUTH_SECRET');
    expect(message).not.toContain('hunter2');
  });

  it('takes the management API of an EMQX whole, beside the broker, or not at all', () => {
    const emqx = { YUNFAB_MQTT_EMQX_URL: 'https://emqx:18083', YUNFAB_MQTT_EMQX_KEY: 'k', YUNFAB_MQTT_EMQX_SECRET: 'topsecret' };
    const broker = { YUNFAB_MQTT_URL: 'mqtts://emqx' };
    expect(readConfig({ ...broker, ...emqx }).broker).toMatchObject({ emqx: { url: 'https://emqx:18083', key: 'k', secret: 'topsecret' } });
    for (const missing of Object.keys(emqx)) {
      const { code, message } = codeOf(() => readConfig({ ...broker, ...emqx, [missing]: '' }));
      expect([code, message.startsWith(`${missing} is ""`)]).toEqual(['config.invalid', true]);
      expect(message).not.toContain('topsecret');
    }
    expect(codeOf(() => readConfig(emqx)).message).toContain('YUNFAB_MQTT_URL is ""');
    const both = { ...broker, ...emqx, YUNFAB_MQTT_ACCOUNTS_URL: 'mqtts://admin:topsecret@broker' };
    expect(codeOf(() => readConfig(both)).message).toMatch(/YUNFAB_MQTT_EMQX_URL.*YUNFAB_MQTT_ACCOUNTS_URL is set as well/);
  });

  it('wants certificate and key together', () => {
    expect(codeOf(() => readConfig({ YUNFAB_MQTT_TLS_KEY: 'key.pem' })).message).toContain('YUNFAB_MQTT_TLS_CERT');
    expect(codeOf(() => readConfig({ YUNFAB_MQTT_URL: 'mqtts://b', YUNFAB_MQTT_CERT: 'c.pem' })).message).toContain('YUNFAB_MQTT_KEY');
  });
});

describe('a file store that is S3', () => {
  const s3 = {
    YUNFAB_FILES_S3_ENDPOINT: 'https://{bucket}.oss-cn-hangzhou.aliyuncs.com',
    YUNFAB_FILES_S3_BUCKET: 'yunfab-files',
    YUNFAB_FILES_S3_ACCESS_KEY_ID: 'key',
    YUNFAB_FILES_S3_SECRET_ACCESS_KEY: 'a secret of theirs',
  };

  it('is read with its region', () => {
    expect(readConfig({ ...s3, YUNFAB_FILES_S3_REGION: 'cn-hangzhou' }).files.s3).toEqual({
      endpoint: 'https://{bucket}.oss-cn-hangzhou.aliyuncs.com',
      bucket: 'yunfab-files',
      region: 'cn-hangzhou',
      accessKeyId: 'key',
      secretAccessKey: 'a secret of theirs',
    });
  });

  it.each(Object.keys(s3))('is refused without %s, and never shows the secret', (name) => {
    const { code, message } = codeOf(() => readConfig({ ...s3, [name]: '' }));
    expect(code).toBe('config.invalid');
    expect(message).toContain(name);
    expect(message).not.toContain('a secret of theirs');
  });
});

describe('requireSecret', () => {
  it.each([
    ['config.secret_missing', undefined],
    ['config.secret_weak', 'short'],
    ['config.secret_weak', 'a'.repeat(40)],
    ['config.secret_weak', 'change-me-change-me-change-me-change-me'],
  ])('refuses with %s: %s', (code, secret) => {
    expect(codeOf(() => requireSecret(readConfig({ YUNFAB_SECRET: secret }))).code).toBe(code);
  });

  it('takes a random one', () => {
    const secret = 'Zq8vTn2LxRw5KdYj3HfPc7MbGs9UaEo4';
    expect(requireSecret(readConfig({ YUNFAB_SECRET: secret }))).toBe(secret);
  });
});
