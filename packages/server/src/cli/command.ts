import { isYunfabError } from '@yunfab/core/errors';
import { Command } from 'commander';
import { type Config, readConfig } from '../config/index.js';

/** What a command answers: `data` for programs (`--json`), `text` for people. */
export interface Answer {
  readonly data: unknown;
  readonly text: string;
  /** Leave with failure although the command itself worked: what was checked is not well. */
  readonly failed?: boolean;
}

export type Options = Readonly<Record<string, unknown>>;
export type Work = (config: Config, options: Options, args: readonly string[]) => Promise<Answer | null>;

/** A command with `--json`, named as in its help (`create <code>`); its work answers, or null when it has printed by itself. */
export function command(usage: string, description: string, work: Work): Command {
  const [name, ...args] = usage.split(' ');
  const made = new Command(name);
  if (args.length > 0) made.arguments(args.join(' '));
  return made
    .description(description)
    .option('--json', 'answer with one JSON value, for programs')
    .showHelpAfterError('(add --help for what this command takes)')
    .action(async function (this: Command) {
      const options = this.opts<Options>();
      try {
        const answer = await work(readConfig(process.env), options, this.args);
        if (answer) await print(answer, options['json'] === true);
      } catch (error) {
        fail(error, options['json'] === true);
      }
    });
}

/** A command that only holds others. */
export function group(name: string, description: string, ...commands: readonly Command[]): Command {
  const holder = new Command(name).description(description);
  for (const each of commands) holder.addCommand(each);
  return holder;
}

async function print({ data, text, failed }: Answer, json: boolean): Promise<void> {
  if (failed) process.exitCode = 1;
  await new Promise<void>((resolve) => process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${text}\n`, () => resolve()));
}

/** One sentence on stderr (with --json the error's body) and a failing exit code. */
export function fail(error: unknown, json: boolean): void {
  process.exitCode = 1;
  const known = isYunfabError(error) ? error : null;
  const message = known?.message ?? connectionSentence(error) ?? (error instanceof Error ? error.message : String(error));
  if (json) {
    console.error(JSON.stringify({ error: { code: known?.code ?? 'cli.failed', message, details: known?.details ?? {} } }));
    return;
  }
  console.error(`yunfab: ${message.replaceAll('\n', ' ')}`);
  if (!known && process.env['YUNFAB_LOG_LEVEL'] === 'debug') console.error(error);
}

/** What pg throws for an unreachable server is an empty message around several. */
function connectionSentence(error: unknown): string | null {
  const { code, errors } = error as { code?: string; errors?: readonly { address?: string; port?: number }[] };
  if (code === 'ECONNREFUSED') {
    const at = errors?.[0] ?? (error as { address?: string; port?: number });
    return `Nothing answers at ${at.address}:${at.port}. Start the PostgreSQL server or correct YUNFAB_DATABASE_URL.`;
  }
  if (code === '28P01' || code === '28000')
    return `The PostgreSQL server refuses this role: ${(error as Error).message}. Correct the user and password of the URL, or run \`yunfab db init\`.`;
  return null;
}

/** Rows as aligned columns. */
export function table(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = [header, ...rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Chinese characters are two columns wide on a terminal. */
const width = (text: string): number =>
  [...text].reduce(
    (sum, char) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char) ? 2 : 1),
    0,
  );
