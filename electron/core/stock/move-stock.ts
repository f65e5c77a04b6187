import { AppError } from '../../contract/index.ts'
import type { Instant, LineId, LotId, Quantity, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction, one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

export type MovementKind = 'opening' | 'received' | 'sale' | 'return' | 'destroyed' | 'transferred'
const LEAVING: ReadonlySet<MovementKind> = new Set(['sale', 'destroyed', 'transferred'])

export interface Movement {
  readonly lotId: LotId
  readonly kind: MovementKind
  /** 10⁻⁴ of the smallest unit; negative when goods leave. */
  readonly quantity: Quantity
  readonly saleId: SaleId | null
  /** A line moves once each way: a second `sale` or `return` of one line is refused by the table. */
  readonly lineId: LineId | null
  readonly at: Instant
  readonly newId: () => string
  /** For what happened already: a sale the fund booked, a box that left. Stock then tells the truth below zero instead of losing the sale. */
  readonly mayGoBelowZero?: boolean
}

const statements = perDatabase((db) => ({
  insert: db.prepare(
    `insert into stock_movement (movement_id, lot_id, at, kind, quantity, sale_id, line_id) values (@movementId, @lotId, @at, @kind, @quantity, @saleId, @lineId)`,
  ),
  add: db.prepare(`update lot set on_hand = on_hand + @quantity where lot_id = @lotId and (@quantity > 0 or @mayGoBelowZero = 1 or on_hand + @quantity >= 0)`),
  onHand: db.prepare(`select on_hand from lot where lot_id = ?`).pluck(),
  differing: db
    .prepare(
      `select lot_id from lot left join (select lot_id, sum(quantity) as moved from stock_movement group by lot_id) using (lot_id) where on_hand <> coalesce(moved, 0)`,
    )
    .pluck(),
}))

/**
 * Books a movement and keeps the lot's stock its sum. Errors: drug.no-stock when the lot would go below zero (detail.onHand, detail.asked in 10⁻⁴ units), drug.no-lot.
 * Sign and kind must agree: `sale`, `destroyed` and `transferred` take away, the others add.
 */
export const moveStock = (db: WritableDb, { newId, mayGoBelowZero = false, ...movement }: Movement): void => {
  if (movement.quantity === 0 || movement.quantity < 0 !== LEAVING.has(movement.kind))
    throw new RangeError(`a movement of kind ${movement.kind} cannot be ${movement.quantity}`)
  inTransaction(db, () => {
    const { lotId, quantity } = movement
    const added = statements(db).add.run({ lotId, quantity, mayGoBelowZero: mayGoBelowZero ? 1 : 0 })
    if (added.changes === 0) {
      const onHand = statements(db).onHand.get(lotId) as number | undefined
      if (onHand === undefined) throw new AppError('drug.no-lot', 'no such lot', { lotId })
      throw new AppError('drug.no-stock', 'the lot has less than asked for', { lotId, onHand, asked: 0 - quantity })
    }
    one(statements(db).insert.run({ ...movement, movementId: newId() }), 'book movement')
  })
}

/** Lots whose stock is not the sum of their movements: always empty, unless someone wrote past `moveStock`. For tests and doctor. */
export const lotsOutOfBalance = (db: ReadableDb): readonly string[] => statements(db).differing.all() as string[]
