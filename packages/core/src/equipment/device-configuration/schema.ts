import { z } from 'zod';
import { instantSchema } from '../../commands/index.js';

const deviceCode = z.string().regex(/^[a-z0-9-]{1,40}$/, 'use 1 to 40 of a-z 0-9 -');
const json = z.record(z.string(), z.unknown());

export const setConfigurationInput = z.object({
  device: deviceCode,
  /** The version that you saw; 0 where there is none. Another in the meantime is refused. */
  version: z.number().int().min(0),
  /** JSON, at most 64 KiB. */
  configuration: json,
});

export const configurationInput = z.object({ device: deviceCode });

/** `waiting`: the device has not said anything of this version. `differs`: it runs something else than it was to. */
export const configurationStates = ['unset', 'waiting', 'applied', 'refused', 'differs'] as const;

export const configurationVersion = z.object({
  version: z.number().int(),
  configuration: json,
  setAt: instantSchema,
  setBy: z.string(),
});

export const configurationView = z.object({
  device: z.string(),
  state: z.enum(configurationStates),
  /** What the device is to run; `sentAt`: when this version was first given to it, or to a broker of your own. */
  desired: configurationVersion.extend({ sentAt: instantSchema.nullable() }).nullable(),
  /** What it last said. `version` 0: what it came with. */
  reported: z
    .object({
      version: z.number().int(),
      /** Null: it named the version only. */
      configuration: json.nullable(),
      /** Why it does not run the version, in its own words. */
      error: z.string().nullable(),
      at: instantSchema,
    })
    .nullable(),
  /** Where what it reported is not what is desired. */
  differences: z.array(z.object({ path: z.string(), desired: z.unknown().optional(), reported: z.unknown().optional() })),
});

/** The newest first, at most 100. */
export const configurationHistory = z.object({ versions: z.array(configurationVersion) });
