/** What the province remembers. 3101, 3102, 3103. */
export const auditRecords = {} as const
