// Import direction: reads the one import table (docs/architecture.md) and what the code really imports.
// The rows are the rule: their order is the ladder. The last column and the linter's rules are derived from rows and code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const heading = '| part | may import | imports today |';
const above = 'the rows above';

/** The table's rows, in order: `{ part, may, imports }`, each as written. */
export function readTable(markdown) {
  const lines = markdown.split('\n');
  const first = lines.indexOf(heading);
  if (first < 0) throw new Error(`docs/architecture.md has no table "${heading}"`);
  const rows = [];
  for (const line of lines.slice(first + 2)) {
    if (!line.startsWith('|')) break;
    const [part, may, imports] = line
      .split('|')
      .slice(1, 4)
      .map((cell) => cell.trim());
    rows.push({ part: part.replaceAll('`', ''), may, imports });
  }
  return rows;
}

/** The table with its last column as the code has it. */
export function withImportsToday(markdown, root) {
  const found = importsByPart(root);
  const lines = markdown.split('\n');
  const first = lines.indexOf(heading) + 2;
  readTable(markdown).forEach(({ part, may }, index) => {
    const imports = [...(found.get(part) ?? new Map())]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, typesOnly]) => `\`${name}\`${typesOnly ? ' (types)' : ''}`);
    lines[first + index] = `| \`${part}\` | ${may} | ${imports.join(', ') || '–'} |`;
  });
  return lines.join('\n');
}

/** Every import that the rows do not allow, as a sentence; also a part that has no row. */
export function violations(markdown, root) {
  const rows = readTable(markdown);
  const found = [];
  for (const [part, imports] of importsByPart(root)) {
    const at = rows.findIndex((row) => row.part === part);
    if (at < 0) {
      found.push(`${part} has no row in the import table of docs/architecture.md`);
      continue;
    }
    const allowed = allowedBy(rows, at);
    for (const [target, typesOnly] of imports) {
      if (!allowed.some((rule) => matches(rule.name, target) && (typesOnly || !rule.typesOnly))) {
        found.push(`${part} imports ${target}, which the import table does not allow`);
      }
    }
  }
  return found;
}

function allowedBy(rows, at) {
  const { may } = rows[at];
  if (may === 'nothing') return [];
  if (may === above) return rows.slice(0, at).map(({ part }) => ({ name: part, typesOnly: false }));
  return may
    .split(', ')
    .map((rule) => ({ name: rule.replace(/^types of /, '').replaceAll('`', ''), typesOnly: rule.startsWith('types of ') }));
}

const matches = (rule, target) => target === rule || target.startsWith(`${rule}/`);

/** The linter's overrides (`no-restricted-imports`) that say the same, so an editor shows a wrong import while it is typed. */
export function linterOverrides(markdown) {
  const rows = readTable(markdown);
  const layers = rows.filter(({ part }) => part.startsWith('core/')).map(({ part }) => part.slice(5));
  const overrides = rows.map(({ part, may }, at) => {
    const rules = allowedBy(rows, at);
    const patterns = part.startsWith('core') ? coreRules(part, may, layers) : packageRules(part, rules);
    return { files: [`${folderOf(part)}/**`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
  });
  return [
    // Of two overrides the later wins, so the folders of core come after core itself.
    ...overrides.filter(({ files }) => files[0] === 'packages/core/src/**'),
    ...overrides.filter(({ files }) => files[0] !== 'packages/core/src/**'),
    { files: ['**/*.test.{ts,tsx}', '**/*.test-d.ts', '**/*.fixture.ts', '**/src/testing/**'], rules: { 'no-restricted-imports': 'off' } },
  ];
}

function coreRules(part, may, layers) {
  const patterns = [{ regex: '^@yunfab/', message: 'core imports no other package of Yunfab: declare a port and let composition wire it' }];
  const own = part.slice(5);
  const below = part === 'core' ? ['testing'] : layers.slice(layers.indexOf(own) + 1);
  const forbidden = may === 'nothing' ? layers.filter((layer) => layer !== own) : below;
  if (forbidden.length > 0) {
    patterns.push({
      regex: `^\\.{1,2}/(\\.\\./)*(${forbidden.join('|')})/`,
      message: `${part} may not import a folder below it on the ladder of docs/architecture.md: declare a port`,
    });
  }
  const others = layers.filter((layer) => layer !== own && !forbidden.includes(layer));
  if (others.length > 0) {
    const prefix = part === 'core' ? './' : '**/';
    patterns.push({
      group: [...others.map((layer) => `${prefix}${layer}/**`), ...others.map((layer) => `!${prefix}${layer}/index.js`)],
      message: 'another folder of core is imported only through its index.ts',
    });
  }
  return patterns;
}

function packageRules(part, rules) {
  const nameOf = (name) => (name === 'verticals' ? 'vertical-[a-z-]+' : name.replace('verticals/', 'vertical-'));
  const all = ['core', 'gateway', 'sdk', 'console', 'server', 'vertical-[a-z-]+'];
  const free = rules.filter(({ typesOnly }) => !typesOnly).map(({ name }) => nameOf(name));
  const types = rules.filter(({ typesOnly }) => typesOnly).map(({ name }) => nameOf(name));
  const message = `${part} may import ${rules.map(({ name, typesOnly }) => (typesOnly ? `types of ${name}` : name)).join(', ') || 'no package of Yunfab'}: see docs/architecture.md`;
  const never = all.filter((name) => !free.includes(name) && !types.includes(name));
  return [
    ...(never.length > 0 ? [{ regex: `^@yunfab/(${never.join('|')})(/|$)`, message }] : []),
    ...(types.length > 0 ? [{ regex: `^@yunfab/(${types.join('|')})(/|$)`, message, allowTypeImports: true }] : []),
  ];
}

function folderOf(part) {
  if (part === 'core') return 'packages/core/src';
  if (part.startsWith('core/')) return `packages/core/src/${part.slice(5)}`;
  if (part === 'examples') return 'examples';
  if (part === 'benchmarks') return 'benchmarks';
  return `packages/${part}/src`;
}

/** part → (part it imports → whether only types); tests left out: they may import whatever their package declares. */
export function importsByPart(root) {
  const found = new Map();
  for (const path of sourceFiles(root)) {
    const part = partOf(relative(root, path));
    if (!part) continue;
    const imports = found.get(part) ?? new Map();
    found.set(part, imports);
    for (const { specifier, typesOnly } of importsIn(readFileSync(path, 'utf8'))) {
      const target = specifier.startsWith('.') ? partOf(relative(root, resolve(dirname(path), specifier))) : partOfPackage(specifier, root);
      if (target && target !== part) imports.set(target, (imports.get(target) ?? true) && typesOnly);
    }
  }
  return found;
}

function partOf(path) {
  const [top, name, third, fourth, ...rest] = path.split(sep);
  if (top === 'examples' || top === 'benchmarks') return top;
  if (top !== 'packages') return undefined;
  if (name === 'verticals') return fourth === 'src' ? `verticals/${third}` : undefined;
  if (third !== 'src') return undefined;
  return name === 'core' && rest.length > 0 ? `core/${fourth}` : name;
}

function partOfPackage(specifier, root) {
  const [, name, subpath] = /^@yunfab\/([a-z-]+)(?:\/([a-z-]+))?/.exec(specifier) ?? [];
  if (!name) return undefined;
  if (name.startsWith('vertical-')) return `verticals/${name.slice('vertical-'.length)}`;
  // What core offers beside its folders (`@yunfab/core/migrations`) lies in its root, where things are composed.
  return name === 'core' && subpath && existsSync(join(root, 'packages/core/src', subpath)) ? `core/${subpath}` : name;
}

function* importsIn(source) {
  for (const [, typeKeyword, names, specifier] of source.matchAll(/^\s*(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s+'([^']+)'/gm)) {
    const named = /^\{([\s\S]*)\}$/.exec(names)?.[1];
    const everyNameIsType = named
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .every((name) => name.startsWith('type '));
    yield { specifier, typesOnly: Boolean(typeKeyword) || everyNameIsType === true };
  }
  for (const [, specifier] of source.matchAll(/^\s*import\s+'([^']+)'/gm)) yield { specifier, typesOnly: false };
  for (const [, specifier] of source.matchAll(/\bimport\(\s*'([^']+)'/g)) yield { specifier, typesOnly: false };
}

const leftOut = new Set(['node_modules', 'dist', 'temp', 'test']);

export function* sourceFiles(root) {
  for (const top of ['packages', 'examples', 'benchmarks']) if (existsSync(join(root, top))) yield* walk(join(root, top));
}

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!leftOut.has(entry.name) && !(entry.name === 'testing' && !folder.endsWith(join('core', 'src')))) yield* walk(path);
    } else if (/\.tsx?$/.test(entry.name) && !/\.(test|test-d|fixture|d|config)\.tsx?$/.test(entry.name)) yield path;
  }
}
