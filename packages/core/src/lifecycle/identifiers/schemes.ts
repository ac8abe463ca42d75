/**
 * Schemes whose value names a class or a batch, so that many things carry the same one: GTIN and UDI-DI name the item
 * (GS1 General Specifications; 21 CFR 801.3), a TIN the plant, size and week (49 CFR 574.5), a batch number the batch.
 * A value of any other scheme names one thing within the organization that gave it.
 */
const classSchemes: ReadonlySet<string> = new Set(['gtin', 'udi-di', 'tin', 'batch']);

export const isClassScheme = (scheme: string): boolean => classSchemes.has(scheme);

/** The scheme of numbers that are one's own business: only the organization that gave it reads it. */
export const ownScheme = 'own';
