/**
 * Schemes whose value names one thing within the organization that gave it: its own numbers, and the GS1 keys of single objects
 * (GS1 General Specifications: SGTIN, GRAI and GIAI with serial number, SSCC). What any other scheme names is a class or a
 * batch, such as a GTIN or a batch number, and many things carry the same value.
 */
const schemesOfOne: ReadonlySet<string> = new Set(['own', 'serial', 'sgtin', 'grai', 'giai', 'sscc']);

export const isClassScheme = (scheme: string): boolean => !schemesOfOne.has(scheme);

/** The scheme of numbers that are one's own business: only the organization that gave it reads it. */
export const ownScheme = 'own';
