import { z } from 'zod'

/** UUIDv7. */
export const SaleId = z.uuid().brand<'SaleId'>()
export type SaleId = z.infer<typeof SaleId>
export const LineId = z.uuid().brand<'LineId'>()
export type LineId = z.infer<typeof LineId>
export const CommandId = z.uuid().brand<'CommandId'>()
export type CommandId = z.infer<typeof CommandId>

/** Our own item code for a drug, at most 30 characters: the platform's `fixmedins_hilist_id` is 30 wide. */
export const DrugId = z.string().regex(/^[0-9A-Za-z-]{1,30}$/).brand<'DrugId'>()
export type DrugId = z.infer<typeof DrugId>
export const LotId = z.uuid().brand<'LotId'>()
export type LotId = z.infer<typeof LotId>

/** NHSA code: 23 characters western, 20 Chinese patent, T + 9 digits for decoction pieces. Tolerant until a whole catalogue was run (trace-codes.md §3.1). */
export const NationalDrugCode = z.string().regex(/^([XZ][0-9A-Z]{19,22}|T\d{9})$/).brand<'NationalDrugCode'>()
export type NationalDrugCode = z.infer<typeof NationalDrugCode>

/** A trace code in the normalised form in which it is stored and compared. */
export const TraceCode = z.string().min(1).max(100).brand<'TraceCode'>()
export type TraceCode = z.infer<typeof TraceCode>

export const Gtin = z.string().regex(/^\d{14}$/).brand<'Gtin'>()
export type Gtin = z.infer<typeof Gtin>

export const LotNumber = z.string().min(1).max(30).brand<'LotNumber'>()
export type LotNumber = z.infer<typeof LotNumber>
