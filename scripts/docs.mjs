// Keeps what is written twice equal to where it comes from: the import table, the linter's import rules, docs/errors.md, and
// the code in READMEs. Without arguments it names what is out of step and fails; with --write it mends it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { linterOverrides, violations, withImportsToday } from './imports.mjs';
import { packageFolders, root } from './prepare.mjs';

const write = process.argv.includes('--write');
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const stale = [];

const architecture = join(root, 'docs', 'architecture.md');
keep(architecture, withImportsToday(read(architecture), root));
stale.push(...violations(read(architecture), root));

const lint = join(root, '.oxlintrc.json');
keep(lint, withImportRules(read(lint)));
keep(join(root, 'docs', 'errors.md'), errorsPage(declaredErrors()));
for (const page of pages()) keep(page, withTransitions(withExamples(read(page), page)));

for (const problem of stale) console.error(problem);
process.exitCode = stale.length > 0 ? 1 : 0;

function keep(path, wanted) {
  if (read(path) === wanted) return;
  if (write) {
    writeFileSync(path, wanted);
    console.log(`wrote ${relative(root, path)}`);
  } else stale.push(`${relative(root, path)} is out of step: run \`pnpm run docs\``);
}

/** Our own overrides stay; those that restrict imports are replaced. Spelled as the formatter spells it. */
function withImportRules(text) {
  const config = JSON.parse(text);
  const others = config.overrides.filter(({ rules }) => !('no-restricted-imports' in rules));
  const next = JSON.stringify({ ...config, overrides: [...others, ...linterOverrides(read(architecture))] });
  const { stdout, stderr, status } = spawnSync(
    join(root, 'node_modules', '.bin', 'biome'),
    ['format', '--stdin-file-path=.oxlintrc.json'],
    {
      cwd: root,
      encoding: 'utf8',
      input: next,
    },
  );
  if (status !== 0) throw new Error(`biome could not format .oxlintrc.json: ${stderr}`);
  return stdout;
}

function declaredErrors() {
  const args = ['--conditions=yunfab-source', '--import', 'tsx', join(root, 'scripts', 'error-codes.mjs')];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the error codes could not be read: ${stderr}`);
  return JSON.parse(stdout);
}

function errorsPage(declared) {
  const byFeature = new Map();
  for (const error of declared) {
    const feature = error.code.split('.')[0];
    byFeature.set(feature, [...(byFeature.get(feature) ?? []), error]);
  }
  const sections = [...byFeature]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([feature, errors]) => {
      const rows = errors.map(({ code, status, en, zh }) => `| \`${code}\` | ${status ?? '–'} | ${cell(en)} | ${cell(zh)} |`);
      return `## ${feature}\n\n| code | HTTP | English | 简体中文 |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
    });
  return `# Errors

Every failure is one \`YunfabError\` with a \`code\` from this list; programs recognise it by that, people read its sentence. Over HTTP it is \`{ "error": { "code", "message", "details", "requestId" } }\`; \`details\` holds what stands in braces below. Codes without a status are the client's own. This page is written by \`pnpm run docs\`; \`test/errors.test.ts\` holds it equal to the code in both directions.

${sections.join('\n')}`;
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function pages() {
  const docs = existsSync(join(root, 'docs')) ? readdirSync(join(root, 'docs')).map((name) => join(root, 'docs', name)) : [];
  return [join(root, 'README.md'), ...packageFolders().map((folder) => join(folder, 'README.md')), ...docs].filter(
    (path) => path.endsWith('.md') && existsSync(path),
  );
}

/**
 * `<!-- code: examples/first-order/src/main.ts#propose -->` before a fenced block: the block is that file, or what stands in
 * it between `// #region propose` and `// #endregion`. So what a README shows is what CI type-checks and runs.
 */
function withExamples(text, page) {
  return text.replace(
    /(<!-- code: (\S+?)(?:#([\w-]+))? -->\n+```(\w*)\n)[\s\S]*?(\n```)/g,
    (_, opening, path, region, _language, closing) => {
      const source = read(join(root, path));
      if (!source) stale.push(`${relative(root, page)} shows ${path}, which does not exist`);
      return `${opening}${region ? regionOf(source, region, `${relative(root, page)} shows ${path}#${region}`) : source.trimEnd()}${closing}`;
    },
  );
}

/** Between the two comments stands the transition table of orders or operations, drawn and written out from the code. */
function withTransitions(text) {
  const place = /(<!-- transitions of (orders|operations) -->\n)[\s\S]*?(<!-- end of transitions -->)/;
  return text.replace(place, (_, opening, name, closing) => `${opening}\n${transitionsDrawn(name)}\n${closing}`);
}

function transitionsDrawn(name) {
  const args = ['--conditions=yunfab-source', '--import', 'tsx', join(root, 'scripts', 'transitions.mjs'), name];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the transition table could not be read: ${stderr}`);
  return stdout;
}

function regionOf(source, region, where) {
  const found = new RegExp(`^[ \\t]*(?://|#|<!--) *#region ${region}\\b[^\\n]*\\n([\\s\\S]*?)^[ \\t]*(?://|#|<!--) *#endregion`, 'm').exec(
    source,
  )?.[1];
  if (found === undefined) {
    stale.push(`${where}, which has no such region`);
    return '';
  }
  const lines = found.replace(/\s+$/, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent)).join('\n');
}
