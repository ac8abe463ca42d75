import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What only a package of `packages/verticals/` may speak of, as stems: medicine, fishing gear, peripherals, tires, apparel. */
const stems = [
  ...['medical', 'hospital', 'patient', 'steril', 'implant', 'surg', 'clinic', 'autoclave', '医', '灭菌', '患者', '植入'],
  ...['fishing', 'angler', 'rod blank', 'prepreg', 'mandrel', '渔', '鱼竿', '竿坯'],
  ...['printer', 'toner', 'cartridge', 'solder', 'reflow', 'peripheral', '打印', '墨', '焊', '外设'],
  ...['tire', 'tyre', 'cure', 'curing', 'vulcani', 'rubber', 'bladder', 'tread', '轮胎', '硫化', '胎', '橡胶'],
  ...['apparel', 'garment', 'fabric', 'sewing', 'tailor', 'cloth', 'marker making', '服装', '服饰', '面料', '缝', '裁'],
] as const;

/** A stem where a word begins: `cure`, `under_cured`, `parseTire`, but not `secure` or `inputReader`. */
const spoken = stems.map((stem) => {
  const capital = `${stem[0]?.toUpperCase()}${stem.slice(1)}`;
  return { stem, pattern: new RegExp(/^[a-z]/.test(stem) ? `(?<![A-Za-z])${stem}|${capital}` : stem, 'u') };
});
const innocent = /patiently/g;

/** The one place where the platform names its own packages, as an operator would: what it loads unless told otherwise. */
const allowList = 'packages/server/src/config/config.ts';

const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'packages/core', 'packages/gateway', 'packages/server', 'packages/sdk'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => /\/src\/.*\.tsx?$/.test(file) && !/\.(test|test-d|fixture)\.tsx?$|\/testing\//.test(file));

it('no industry is spoken of in core, gateway, server and sdk', () => {
  expect(sources.length).toBeGreaterThan(150);
  const found = sources.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        if (file === allowList && line.includes('@yunfab/vertical-')) return [];
        const said = line.replaceAll(innocent, '');
        const found = spoken.find(({ pattern }) => pattern.test(said));
        return found ? [`${file}:${index + 1}: "${found.stem}" in ${line.trim()}`] : [];
      }),
  );
  expect(found).toEqual([]);
});
