import * as Radix from '@radix-ui/react-dialog';
import type { ReactNode, RefObject } from 'react';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What it does or asks, in a sentence. */
  readonly what: ReactNode;
  readonly wide?: boolean;
  /** Where typing goes when it opens; its first field when left out. */
  readonly first?: RefObject<HTMLElement | null> | undefined;
  readonly children: ReactNode;
}

export function Dialog({ open, onOpenChange, title, what, wide = false, first, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content
          className={wide ? 'dialog wide' : 'dialog'}
          onOpenAutoFocus={(event) => {
            if (!first?.current) return;
            event.preventDefault();
            first.current.focus();
          }}
        >
          <Radix.Title asChild>
            <h2>{title}</h2>
          </Radix.Title>
          <Radix.Description asChild>
            <div className="what">{what}</div>
          </Radix.Description>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
