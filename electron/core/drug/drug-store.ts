import { AppError } from '../../contract/index.ts'
import type { BusinessDate, Drug, DrugId, LinkKind, UnitPrice } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/** What is known of a drug itself; stock changes by the minute and is asked for apart. */
export type DrugFacts = Omit<Drug, 'packsOnHand'>

interface DrugRow {
  readonly drug_id: DrugId
  readonly generic_name: string
  readonly trade_name: string
  readonly spec: string
  readonly pack_spec: string
  readonly maker: string
  readonly approval_number: string
  readonly barcode: string | null
  readonly national_code: string
  readonly insurance_class: Drug['insuranceClass']
  readonly restriction: string
  readonly prescription_only: 0 | 1
  readonly kind: Drug['kind']
  readonly pack_unit: string
  readonly smallest_unit: string
  readonly units_per_pack: number
  readonly pack_price: UnitPrice
  readonly code_requirement: Drug['codeRequirement']
  readonly shelf: string
}

// A lot counts in whole packs: three loose tablets of two lots are no pack.
const WHOLE_PACKS = `coalesce(sum(lot.on_hand / (drug.units_per_pack * 10000)), 0)`

/** Not where a pharmacist revoked just this code of the drug (三码映射): its own record does not bring it back. */
const notRevoked = (kind: LinkKind, column: string): string =>
  `coalesce((select max(trust <> 'revoked') from code_link where code_link.drug_id = drug.drug_id and code_link.kind = '${kind}' and code_link.value = drug.${column}), 1)`

const statements = perDatabase((db) => ({
  get: db.prepare(`select * from drug where drug_id = ?`),
  setNationalCode: db.prepare(`update drug set national_code = @nationalCode where drug_id = @drugId and trim(national_code) = ''`),
  all: db.prepare(`select * from drug order by drug_id`),
  byBarcode: db.prepare(`select drug_id from drug where barcode = ? and ${notRevoked('barcode', 'barcode')} order by drug_id`).pluck(),
  byNationalCode: db.prepare(`select drug_id from drug where national_code = ? and ${notRevoked('national-code', 'national_code')} order by drug_id`).pluck(),
  byApprovalNumber: db
    .prepare(`select drug_id from drug where approval_number = ? and ${notRevoked('approval-number', 'approval_number')} order by drug_id`)
    .pluck(),
  packsOnHand: db.prepare(`select ${WHOLE_PACKS} from drug join lot using (drug_id) where drug_id = ? and expires_on >= ? and recalled = 0`).pluck(),
  allPacksOnHand: db.prepare(`select drug_id, ${WHOLE_PACKS} from drug join lot using (drug_id) where expires_on >= ? and recalled = 0 group by drug_id`).raw(),
  insert:
    db.prepare(`insert into drug (drug_id, generic_name, trade_name, spec, pack_spec, maker, approval_number, barcode, national_code, insurance_class, restriction, prescription_only, kind,
      pack_unit, smallest_unit, units_per_pack, pack_price, code_requirement, shelf)
    values (@drugId, @genericName, @tradeName, @spec, @packSpec, @maker, @approvalNumber, @barcode, @nationalCode, @insuranceClass, @restriction, @prescriptionOnly, @kind,
      @packUnit, @smallestUnit, @unitsPerPack, @packPrice, @codeRequirement, @shelf)`),
}))

const toFacts = (row: DrugRow): DrugFacts => ({
  drugId: row.drug_id,
  genericName: row.generic_name,
  tradeName: row.trade_name,
  spec: row.spec,
  packSpec: row.pack_spec,
  maker: row.maker,
  approvalNumber: row.approval_number,
  barcode: row.barcode,
  nationalCode: row.national_code,
  insuranceClass: row.insurance_class,
  restriction: row.restriction,
  prescriptionOnly: row.prescription_only === 1,
  kind: row.kind,
  packUnit: row.pack_unit,
  smallestUnit: row.smallest_unit,
  unitsPerPack: row.units_per_pack,
  packPrice: row.pack_price,
  codeRequirement: row.code_requirement,
  shelf: row.shelf,
})

/** The earliest expiry date that may still be sold today: the bound in SQL of `isExpired` in domain/calendar.ts. */
export const earliestSellable = (today: BusinessDate, lastSaleDaysBefore = 0): BusinessDate => addDays(today, lastSaleDaysBefore)

export const findDrugFacts = (db: ReadableDb, drugId: string): DrugFacts | null => {
  const row = statements(db).get.get(drugId) as DrugRow | undefined
  return row === undefined ? null : toFacts(row)
}
/** Error drug.not-found. */
export const getDrugFacts = (db: ReadableDb, drugId: string): DrugFacts => {
  const facts = findDrugFacts(db, drugId)
  if (facts === null) throw new AppError('drug.not-found', 'no such drug', { drugId })
  return facts
}
/** With the whole packs on hand of all lots that may be sold on `today`. Error drug.not-found. */
export const getDrug = (db: ReadableDb, drugId: string, today: BusinessDate, lastSaleDaysBefore = 0): Drug => ({
  ...getDrugFacts(db, drugId),
  packsOnHand: statements(db).packsOnHand.get(drugId, earliestSellable(today, lastSaleDaysBefore)) as number,
})
export const listDrugFacts = (db: ReadableDb): readonly DrugFacts[] => (statements(db).all.all() as DrugRow[]).map(toFacts)
/** A shop may carry two packings under one barcode: all of them, but those from which a pharmacist took it. */
export const drugsByBarcode = (db: ReadableDb, barcode: string): readonly DrugId[] => statements(db).byBarcode.all(barcode) as DrugId[]
export const drugsByNationalCode = (db: ReadableDb, nationalCode: string): readonly DrugId[] => statements(db).byNationalCode.all(nationalCode) as DrugId[]
export const drugsByApprovalNumber = (db: ReadableDb, approvalNumber: string): readonly DrugId[] =>
  statements(db).byApprovalNumber.all(approvalNumber) as DrugId[]
/** Whole packs on hand by drug; a drug without sellable stock is not in the map. */
export const packsOnHandByDrug = (db: ReadableDb, today: BusinessDate, lastSaleDaysBefore = 0): ReadonlyMap<string, number> =>
  new Map((statements(db).allPacksOnHand.all(earliestSellable(today, lastSaleDaysBefore)) as [string, number][]).filter(([, packs]) => packs > 0))

export const insertDrug = (db: WritableDb, drug: DrugFacts): void => {
  statements(db).insert.run({ ...drug, prescriptionOnly: drug.prescriptionOnly ? 1 : 0 })
}

/** Of a drug that had none. False: it has one. */
export const supplyNationalCode = (db: WritableDb, drugId: string, nationalCode: string): boolean => statements(db).setNationalCode.run({ drugId, nationalCode }).changes === 1
