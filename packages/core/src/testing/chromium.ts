import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser that tests drive: YUNFAB_CHROMIUM, else where systems put it; undefined when there is none, and browser tests are skipped. */
export function chromiumPath(): string | undefined {
  return [process.env['YUNFAB_CHROMIUM'], ...places].find((path) => path !== undefined && existsSync(path));
}

/** Why browser tests are skipped, and what would make them run. */
export const withoutChromium =
  'Browser tests were skipped: there is no Chromium here. Install it (Debian: apt-get install chromium fonts-noto-cjk) or set YUNFAB_CHROMIUM.';
