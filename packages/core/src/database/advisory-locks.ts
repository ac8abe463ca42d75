/** What one holds alone, by the two numbers under which PostgreSQL locks it. Every one stands here, so that no two are the same. */
export const advisoryLocks = {
  /** Numbers events. */
  sequencer: '7310, 1',
  /** Makes the template of the tests' databases. */
  testTemplate: '7310, 2',
  /** Makes a partition of telemetry. */
  partitions: '7310, 5',
  /** Rolls minutes up. */
  rollups: '7310, 8',
  /** Drops what is no longer kept. */
  retention: '7310, 9',
  /** Held shared by every commit of samples, alone by who begins to watch a series or lets minutes be rolled up. */
  commits: '7310, 10',
} as const;
