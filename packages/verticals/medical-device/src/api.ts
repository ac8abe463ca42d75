/** The procedures of the medical devices cloud; its type is the client's `yunfab.medicalDevice`. */
export const medicalDeviceApi = () => ({});

export type MedicalDeviceApi = ReturnType<typeof medicalDeviceApi>;
