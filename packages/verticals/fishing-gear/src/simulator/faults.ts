/** Faults that the simulated machines of a rod plant can be given. */
export const machineFaults = {
  soft_butt: { en: 'The butt is rolled with a quarter of its wraps missing', zh: '竿根少卷四分之一层数' },
  drifting_load_cell: { en: 'The load cell of the bench drifts', zh: '试验台传感器漂移' },
  short_cure: { en: 'The oven ends its dwell after half of its time', zh: '固化炉保温时间减半' },
} as const;
