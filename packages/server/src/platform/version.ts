import { createRequire } from 'node:module';

/** Of the platform, which verticals name in their `platform` range. */
export const platformVersion: string = (createRequire(import.meta.url)('../../package.json') as { version: string }).version;
