import { z } from 'zod'

/** Money in integer fen (0.01 yuan). May be negative (refunds). */
export const Fen = z.int().brand<'Fen'>()
export type Fen = z.infer<typeof Fen>

/** Price of one sell unit, integer in 10⁻⁶ yuan: the platform's `pric` is 16,6. */
export const UnitPrice = z.int().nonnegative().brand<'UnitPrice'>()
export type UnitPrice = z.infer<typeof UnitPrice>

/** Integer in 10⁻⁴ of a sell unit (pack, or smallest unit of a split pack): the platform's `cnt` is 16,4. May be negative in movements. */
export const Quantity = z.int().brand<'Quantity'>()
export type Quantity = z.infer<typeof Quantity>

export const QUANTITY_ONE = 10_000
export const PRICE_ONE_YUAN = 1_000_000

export const fen = (n: number): Fen => Fen.parse(n)
export const unitPrice = (n: number): UnitPrice => UnitPrice.parse(n)
export const quantity = (n: number): Quantity => Quantity.parse(n)
/** n whole packs or units. */
export const wholeUnits = (n: number): Quantity => Quantity.parse(n * QUANTITY_ONE)
