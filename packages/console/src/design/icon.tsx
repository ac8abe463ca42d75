const shapes = {
  orders: 'M3 4h10M3 8h10M3 12h6',
  equipment: 'M2.5 13.5h11M4 13.5V7l4 2.5V7l4 2.5v4M4 4.5v-2',
  runs: 'M2 12c3 0 3-8 6-8s3 5 6 5',
  lot: 'M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5L8 8l5.5-3M8 8v6',
  unit: 'M3 3h4v4H3zM9.5 3h3.5v4H9.5zM3 9.5h4V13H3zM9.5 9.5H11M13 9.5v2M9.5 13h1M12 13h1',
  industry: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  key: 'M6 10.5a3 3 0 1 1 0-6 3 3 0 0 1 0 6zM8.6 7.5H14v2.5M11.5 7.5V9.5',
  people:
    'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c.4-2.5 2-4 4.5-4s4.1 1.5 4.5 4M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.8c1.4.6 2.2 1.9 2.5 3.7',
  device: 'M4 2.5h8v11H4zM7 11.5h2',
  plugin: 'M6 2.5v3M10 2.5v3M4 5.5h8v3a4 4 0 0 1-8 0zM8 12.5v1.5',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7L14 14',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.5 3.5L13 5',
  warning: 'M8 2.5L14.5 13.5h-13zM8 6.5v3.5M8 11.8v.2',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.5V11M8 5v.2',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  language: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c2 2 2.5 4 2.5 6S10 12 8 14M8 2C6 4 5.5 6 5.5 8S6 12 8 14',
  loading: 'M8 2a6 6 0 1 0 6 6',
  external: 'M9 3h4v4M13 3L7.5 8.5M11 9.5V13H3V5h3.5',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M7 6.5v6',
  chart: 'M2.5 2.5v11h11M5 10l3-4 2 2 3-4',
  download: 'M8 2.5V10M5 7.5L8 10.5l3-3M3 13.5h10',
} as const;

export type IconName = keyof typeof shapes;

/** A drawing beside words; it says nothing by itself to a reader that hears. */
export function Icon({ name, spin = false }: { readonly name: IconName; readonly spin?: boolean }) {
  return (
    <svg className={spin ? 'icon spin' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path d="M8 9l8 9 8-9M16 18v7" fill="none" stroke="var(--on-accent)" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
