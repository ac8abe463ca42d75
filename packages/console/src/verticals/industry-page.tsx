import { useState } from 'react';
import { NotFound, Screen } from '../app/states.js';
import { PageHead } from '../design/page-head.js';
import { useWords } from '../words/words.js';
import { EquipmentBlock } from './equipment-block.js';
import { FormBlock, LookupBlock } from './form-blocks.js';
import { type Block, type IndustryPageData, useIndustries } from './pages.js';
import { TableBlock } from './table-block.js';

/** A page that an industry describes as data; `id` is `tire.presses`. */
export function IndustryPage({ id }: { readonly id: string }) {
  const { answer, ...asked } = useIndustries();
  return (
    <Screen asked={{ answer, ...asked }}>
      {({ verticals }) => {
        const industry = verticals.find(({ pages }) => pages.some((page) => page.id === id));
        const page = industry?.pages.find((each) => each.id === id);
        return industry && page ? <Page vertical={industry.id} name={industry.name} page={page} /> : <NotFound />;
      }}
    </Screen>
  );
}

function Page({
  vertical,
  name,
  page,
}: {
  readonly vertical: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly page: IndustryPageData;
}) {
  const { say } = useWords();
  const [changes, setChanges] = useState(0);
  return (
    <>
      <PageHead title={say(page.words)} crumbs={<span>{say(name)}</span>} />
      <div className="stack">
        {page.blocks.map((block, index) => (
          <BlockView key={index} vertical={vertical} block={block} changes={changes} onChanged={() => setChanges(changes + 1)} />
        ))}
      </div>
    </>
  );
}

interface BlockViewProps {
  readonly vertical: string;
  readonly block: Block;
  /** Grows with every change made on the page: tables are read again. */
  readonly changes: number;
  readonly onChanged: () => void;
}

function BlockView({ vertical, block, changes, onChanged }: BlockViewProps) {
  const { say } = useWords();
  switch (block.kind) {
    case 'text':
      return <p style={{ maxWidth: 720 }}>{say(block.words)}</p>;
    case 'equipment':
      return <EquipmentBlock block={block} />;
    case 'table':
      return <TableBlock vertical={vertical} block={block} changes={changes} />;
    case 'form':
      return <FormBlock vertical={vertical} block={block} onChanged={onChanged} />;
    case 'lookup':
      return <LookupBlock vertical={vertical} block={block} />;
  }
}
