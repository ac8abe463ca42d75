/** The procedures of the fishing gear cloud; its type is the client's `yunfab.fishingGear`. */
export const fishingGearApi = () => ({});

export type FishingGearApi = ReturnType<typeof fishingGearApi>;
