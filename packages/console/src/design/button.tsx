import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly icon?: IconName;
  /** Working: says so, takes no second press, keeps the focus. */
  readonly busy?: boolean;
  readonly children?: ReactNode;
}

export function Button({ look = 'plain', icon, busy = false, children, className, onClick, ...rest }: ButtonProps) {
  const classes = ['button', look === 'plain' ? '' : look, children ? '' : 'icon-only', className ?? ''].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      className={classes}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy ? <Icon name="loading" spin /> : icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}
