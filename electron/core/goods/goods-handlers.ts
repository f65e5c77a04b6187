import { AppError } from '../../contract/index.ts'
import type { Carton, Output, ParsedInput } from '../../contract/index.ts'
import { isExpired } from '../../domain/calendar.ts'
import type { Caller, House } from '../house.ts'
import { now, today } from '../now.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { codeOf, keyOfPack } from '../trace/pack-key.ts'
import { cartonAround } from './cascade.ts'
import { cartonChildren, cartonRow, deliveryCartons, deliveryLines, getDelivery, listDeliveries, markDeliveryEnded, missingCodes, packsInside } from './goods-store.ts'
import { importDelivery } from './import-delivery.ts'
import { scanGoods } from './scan-goods.ts'
import { readGoodsCode } from './understand-line.ts'

/** A delivery drug by drug and lot by lot, its cartons and what did not come. Error goods.delivery-not-found. */
const showDelivery = (house: House, { deliveryId, countedSince }: ParsedInput<'goods.getDelivery'>): Output<'goods.getDelivery'> => ({
  delivery: getDelivery(house.db, deliveryId),
  lines: deliveryLines(house.db, deliveryId, countedSince).map((line) => ({ ...line, expired: isExpired(line.expiresOn, today(house)), recalled: line.recalled === 1 })),
  cartons: [...deliveryCartons(house.db, deliveryId)],
  missing: [...missingCodes(house.db, deliveryId)],
})

/** Error goods.not-a-carton, without the text: it may be anything that was scanned. */
const showCarton = (house: House, raw: string): Carton => {
  const { db } = house
  const code = readGoodsCode(db, raw, today(house))
  const key = code === null ? null : keyOfPack(db, code.named)
  const carton = key === null ? null : cartonRow(db, key)
  if (key === null || carton === null) throw new AppError('goods.not-a-carton', 'nobody ever told that this code is an outer pack')
  return { ...carton, code: codeOf(db, key), within: cartonAround(db, codeOf(db, key)), ...packsInside(db, key), children: [...cartonChildren(db, key)] }
}

/** Errors goods.delivery-not-found, goods.delivery-ended. */
const endDelivery = (house: House, caller: Caller, { deliveryId, note }: ParsedInput<'goods.endDelivery'>): Output<'goods.endDelivery'> => {
  const { documentNumber } = getDelivery(house.db, deliveryId)
  if (!markDeliveryEnded(house.db, { deliveryId, at: now(house), staffId: caller.staffId, note: note.trim() })) throw new AppError('goods.delivery-ended', 'ended before', { documentNumber })
  return getDelivery(house.db, deliveryId)
}

type Goods = 'goods.listDeliveries' | 'goods.getDelivery' | 'goods.importDelivery' | 'goods.scanCode' | 'goods.showCarton' | 'goods.endDelivery'

export const goodsHandlers = (house: House): Pick<Handlers, Goods> => ({
  'goods.listDeliveries': (_call, { limit }) => [...listDeliveries(house.db, limit)],
  'goods.getDelivery': (_call, input) => showDelivery(house, input),
  'goods.importDelivery': atomic((call, { text }) => importDelivery(house, callerOf(call), text)),
  'goods.scanCode': atomic((call, input) => scanGoods(house, callerOf(call), input)),
  'goods.showCarton': (_call, { raw }) => showCarton(house, raw),
  'goods.endDelivery': atomic((call, input) => endDelivery(house, callerOf(call), input)),
})
