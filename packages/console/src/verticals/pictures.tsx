import type { Chart, Drawing } from '@yunfab/sdk';
import { DrawingView } from '../picture/drawing.js';
import { Figure } from '../picture/figure.js';
import { useWords } from '../words/words.js';
import type { BlockOf } from './pages.js';
import { valueAt } from './values.js';

type PagePicture = NonNullable<BlockOf<'lookup'>['pictures']>[number];

/** The pictures of a reply that a page names; the procedure's output schema has checked their shape. */
export function Pictures({ pictures, reply }: { readonly pictures: readonly PagePicture[]; readonly reply: unknown }) {
  const { say } = useWords();
  return pictures.map(({ kind, field, words }) => {
    const picture = valueAt(reply, field);
    if (picture === undefined || picture === null) return null;
    return kind === 'drawing' ? (
      <DrawingView key={field} title={say(words)} drawing={picture as Drawing} />
    ) : (
      <Figure key={field} title={say(words)} chart={picture as Chart} />
    );
  });
}
