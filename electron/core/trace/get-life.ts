import { AppError } from '../../contract/index.ts'
import type { BusinessDate, Instant, Pack, PackLife, PackSale } from '../../contract/index.ts'
import { maskName } from '../../domain/masking.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { resolveIdentifier } from '../map/resolve.ts'
import { codeOf, digitsKey } from './pack-key.ts'
import type { LineJob, PackLine } from './pack-lines.ts'
import { linesOfPack, uploadStateOf } from './pack-lines.ts'
import { showPack } from './pack-store.ts'
import { actionsFor } from './set-aside.ts'

const statements = perDatabase((db) => ({
  goods: db.prepare(`select spec, maker, smallest_unit as smallestUnit, manufactured_on as manufacturedOn, recalled from pack join lot using (lot_ref) join drug using (drug_id) where pack_key = ?`),
  deliveries: db.prepare(`select document_number as documentNumber, supplier, received_at as receivedAt, staff.name as receivedBy
    from delivery_code join delivery using (delivery_id) left join staff on staff.staff_id = delivery_code.received_by where pack_key = ? order by told_at`),
  carton: db.prepare(`select carton_key as key, level, opened_at as openedAt from carton_content join carton on carton.pack_key = carton_key where child_key = ?`).safeIntegers(),
  alarms: db.prepare(`select alarm_id as alarmId, kind, source, told_at as toldAt, status, place, outcome from alarm where pack_key = ? order by told_at desc`),
  elsewhere: db.prepare(`select source, told_at as toldAt from foreign_sale where pack_key = ?`),
  links: db.prepare(`select link_id as linkId, value, level, trust, staff.name as learntBy, link_use.at from link_use join code_link using (link_id) left join staff on staff.staff_id = learnt_by where pack_key = ? order by link_use.at`),
  link: db.prepare(`select link_id as linkId, value, level, trust, staff.name as learntBy, null as at from code_link left join staff on staff.staff_id = learnt_by where link_id = ?`),
  identifier: db.prepare(`select identifier from other_code where pack_key = ?`).pluck(),
}))

/** Its front: the key of the three-code map; null: the code does not say. */
export const identifierOf = (db: ReadableDb, key: bigint, code: string): string | null =>
  digitsKey(code) === null ? ((statements(db).identifier.get(key) as string | null | undefined) ?? null) : code.slice(0, 7)

const linksToday = (db: ReadableDb, key: bigint, pack: Pack): PackLife['links'] => {
  const identifier = identifierOf(db, key, pack.code)
  return identifier === null
    ? []
    : resolveIdentifier(db, identifier)
        .candidates.filter(({ drugId }) => drugId === pack.drugId)
        .map(({ linkId }) => statements(db).link.get(linkId) as PackLife['links'][number])
}

const uploadOf = (job: LineJob | null): PackSale['upload'] => ({ state: uploadStateOf(job), doneAt: job?.doneAt ?? null })

const saleOf = (line: PackLine): PackSale => ({
  saleId: line.saleId, receiptNumber: line.receiptNumber, status: line.saleStatus, soldAt: line.soldAt, returnedAt: line.returnedAt, staffName: line.staffName,
  insured: line.insured, personMasked: line.personName === null ? null : maskName(line.personName), settlementState: line.settlementState ?? 'draft', settledAt: line.settledAt,
  sellUnit: line.sellUnit, quantity: line.taken, upload: uploadOf(line.sale), returnUpload: uploadOf(line.return),
})

type Goods = { readonly spec: string; readonly maker: string; readonly smallestUnit: string; readonly manufacturedOn: BusinessDate | null; readonly recalled: 0 | 1 }

/** Where it came from, where it lay, to whom it went, what was told of it: everything this shop knows of one pack. Error pack.not-found. */
export const getLife = (db: ReadableDb, key: bigint | null): PackLife => {
  const { goods, deliveries, carton, alarms, elsewhere, links } = statements(db)
  const pack = key === null ? null : showPack(db, codeOf(db, key))
  if (key === null || pack === null) throw new AppError('pack.not-found', 'no such pack in the ledger')
  const used = links.all(key) as PackLife['links']
  const known = goods.get(key) as Goods | undefined
  const box = carton.get(key) as { readonly key: bigint; readonly level: bigint; readonly openedAt: bigint | null } | undefined
  return {
    pack,
    spec: known?.spec ?? null, maker: known?.maker ?? null, smallestUnit: known?.smallestUnit ?? null, manufacturedOn: known?.manufacturedOn ?? null, recalled: known?.recalled === 1,
    deliveries: deliveries.all(key) as PackLife['deliveries'],
    carton: box === undefined ? null : { code: codeOf(db, box.key), level: Number(box.level), openedAt: box.openedAt === null ? null : (Number(box.openedAt) as Instant) },
    sales: linesOfPack(db, key).map(saleOf),
    alarms: alarms.all(key) as PackLife['alarms'],
    soldElsewhere: (elsewhere.get(key) as PackLife['soldElsewhere'] | undefined) ?? null,
    links: used.length > 0 ? used : linksToday(db, key, pack),
    actions: actionsFor(pack),
  }
}
