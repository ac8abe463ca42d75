/** The procedures of the custom apparel cloud; its type is the client's `yunfab.apparel`. */
export const apparelApi = () => ({});

export type ApparelApi = ReturnType<typeof apparelApi>;
