/** What the province remembers. Everything else of the tables. */
export const restRecords = {} as const
