/** Sentences of changing an agreed order. */
export const changes = {} as const;
