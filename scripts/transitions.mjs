// Prints the transition table of `orders` or `operations` as a Mermaid drawing and a table. Run with `--conditions=yunfab-source --import tsx`.
import { transitionTable } from '../packages/core/src/orders/order/transition-table.ts';
import { operationTable } from '../packages/core/src/production/jobs/transition-table.ts';

const tables = { orders: transitionTable, operations: operationTable };
const beginnings = { orders: ['[*] --> proposed: propose'], operations: ['[*] --> todo', '[*] --> ready'] };
const [name = 'orders'] = process.argv.slice(2);
const { states, moves } = tables[name];
const sided = moves.some(({ side }) => side);
const arrows = new Map();
for (const { move, from } of moves)
  for (const { state, to } of from) {
    if (to === state) continue;
    const arrow = `${state} --> ${to === 'resumed' ? '[*]' : to}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), to === 'resumed' ? `${move} (back)` : move]);
  }
const row = (cells) => `| ${cells.filter((cell) => cell !== undefined).join(' | ')} |`;
const changes = (from) => from.map(({ state, to }) => (to === state ? `\`${state}\`` : `\`${state}\` → \`${to}\``)).join('<br>');

console.log(`\`\`\`mermaid
stateDiagram-v2
  direction LR
${[...beginnings[name], ...[...arrows].map(([arrow, names]) => `${arrow}: ${names.join(', ')}`)].map((line) => `  ${line}`).join('\n')}
\`\`\`

${row(['move', sided ? 'whose' : undefined, 'from → to'])}
${row(['---', sided ? '---' : undefined, '---'])}
${moves.map(({ move, words, side, from }) => row([`\`${move}\` ${words.en} · ${words.zh}`, side, changes(from)])).join('\n')}

States: ${states.map(({ state, words }) => `\`${state}\` ${words.en} (${words.zh})`).join(', ')}.
`);
