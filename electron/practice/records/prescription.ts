/** What the province remembers. Electronic prescriptions (72xx). */
export const prescriptionRecords = {} as const
