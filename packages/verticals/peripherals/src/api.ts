/** The procedures of the computer peripherals cloud; its type is the client's `yunfab.peripherals`. */
export const peripheralsApi = () => ({});

export type PeripheralsApi = ReturnType<typeof peripheralsApi>;
