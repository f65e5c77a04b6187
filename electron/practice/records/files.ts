/** What the province remembers. 9101, 9102 and the catalogues that come as files. */
export const filesRecords = {} as const
