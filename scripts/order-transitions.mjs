// Prints the transition table of orders as a Mermaid drawing and a table. Run with `--conditions=yunfab-source --import tsx`.
import { transitionTable } from '../packages/core/src/orders/order/transition-table.ts';

const { states, moves } = transitionTable;
const title = new Map(states.map(({ state, words }) => [state, words]));
const arrows = new Map();
for (const { move, from } of moves)
  for (const { state, to } of from) {
    if (to === state) continue;
    const arrow = `${state} --> ${to === 'resumed' ? '[*]' : to}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), to === 'resumed' ? `${move} (back)` : move]);
  }

console.log(`\`\`\`mermaid
stateDiagram-v2
  direction LR
  [*] --> proposed: propose
${[...arrows].map(([arrow, names]) => `  ${arrow}: ${names.join(', ')}`).join('\n')}
\`\`\`

| move | whose | from → to |
| --- | --- | --- |
${moves.map(({ move, words, side, from }) => `| \`${move}\` ${words.en} · ${words.zh} | ${side} | ${from.map(({ state, to }) => (to === state ? `\`${state}\`` : `\`${state}\` → \`${to}\``)).join('<br>')} |`).join('\n')}

States: ${states.map(({ state }) => `\`${state}\` ${title.get(state).en} (${title.get(state).zh})`).join(', ')}.
`);
