/** What the province remembers. 3202 and what it needs. */
export const reconcileRecords = {} as const
