/** What Kysely knows of this feature's tables. */
export type VerticalTables = {
  vertical_enabled: { organization: string; vertical: string; enabled_at: Date; enabled_by: string };
};
