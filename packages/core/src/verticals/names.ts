/** The schema that a vertical's tables stand in: `vertical_glass_kiln`. */
export const schemaOf = (vertical: string): string => `vertical_${vertical.replaceAll('-', '_')}`;

/** The role that a vertical's statements run as: `yunfab_plugin_glass_kiln`. */
export const roleOf = (vertical: string): string => `yunfab_plugin_${vertical.replaceAll('-', '_')}`;

/** Tables that the migrator keeps in a vertical's schema. */
export const ledgerTables = ['migration', 'migration_lock'] as const;

export function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
