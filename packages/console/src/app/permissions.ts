import { useAsk } from './platform.js';

/** What this person may do here. Screens ask it to leave out what would only be refused; the platform decides. */
export function useMay(): (permission: string) => boolean {
  const { answer } = useAsk(['access.me', {}], (yunfab, options) => yunfab.access.me({}, options));
  return (permission) => answer?.permissions.includes(permission) ?? false;
}
