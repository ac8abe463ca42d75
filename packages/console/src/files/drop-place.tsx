import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from '../design/button.js';
import { useWords } from '../words/words.js';

interface DropPlaceProps {
  readonly enabled: boolean;
  /** Of the button; what any files are called when left out. */
  readonly words?: string;
  /** One file at a time. */
  readonly single?: boolean;
  /** Endings, as an input takes them. */
  readonly accept?: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

/** Where files are dropped; the button below does the same by keyboard. */
export function DropPlace({ enabled, words, single = false, accept, onFiles, children }: DropPlaceProps) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  if (!enabled) return children;
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === 'dragover');
  };
  const drop = (event: DragEvent) => {
    drag(event);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div onDragOver={drag} onDragLeave={drag} onDrop={drop} data-dropping={over || undefined} className="drop-place">
      {children}
      <div className="actions drop-foot">
        <input
          ref={input}
          type="file"
          multiple={!single}
          accept={accept}
          hidden
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            // Choosing the same file again is a change, too.
            event.target.value = '';
          }}
        />
        <Button icon="plus" onClick={() => input.current?.click()}>
          {words ?? t('files.choose')}
        </Button>
        <span className="soft small">{t('files.drop')}</span>
      </div>
    </div>
  );
}
