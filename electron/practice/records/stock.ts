/** What the province remembers. Stock, purchases, batch forms and their queries. */
export const stockRecords = {} as const
