import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser that tests drive: YUNFAB_CHROMIUM (`none` to do without), else where systems put it. Undefined: browser tests are skipped. */
export function chromiumPath(): string | undefined {
  const named = process.env['YUNFAB_CHROMIUM'];
  return (named ? [named] : places).find((path) => existsSync(path));
}

/** Why browser tests are skipped, and what would make them run. */
export const withoutChromium =
  'Browser tests were skipped: there is no Chromium here. Install it (Debian: apt-get install chromium fonts-noto-cjk) or set YUNFAB_CHROMIUM.';
