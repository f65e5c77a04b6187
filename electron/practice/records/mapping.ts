/** What the province remembers. 3301, 3302, 1317 and the catalogue queries beside them. */
export const mappingRecords = {} as const
