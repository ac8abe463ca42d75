/** The colours of lines in order; drawn things cannot read CSS variables, so they are resolved on the page. */
const names = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6'] as const;

export const colours = names.length;

export const seriesVariable = (index: number): string => `var(${names[index % names.length]})`;

/** Resolves a token of the current theme to a colour that a canvas understands. */
export function tokenColour(element: Element, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

export const seriesColour = (element: Element, index: number): string => tokenColour(element, names[index % names.length] ?? '--series-1');
