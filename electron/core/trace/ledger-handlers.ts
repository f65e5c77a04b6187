import { AppError } from '../../contract/index.ts'
import { drugSearchOf } from '../drug/drug-search.ts'
import { getDrugFacts, supplyNationalCode } from '../drug/drug-store.ts'
import type { House } from '../house.ts'
import { now, today } from '../now.ts'
import { unparkDrug, unparkLicence, unparkLot } from '../outbox/outbox-store.ts'
import type { OutboxRunner } from '../outbox/run-outbox.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { setLicence } from '../session/staff-store.ts'
import { getLot, setLotManufacturedOn } from '../stock/lot-store.ts'
import { explainUpload } from './explain-upload.ts'
import { findPatients } from './find-patients.ts'
import { getLife } from './get-life.ts'
import { codeOf } from './pack-key.ts'
import { getPatientView } from './patient-view.ts'
import { packsOfPatient, searchPacks } from './search-packs.ts'
import type { DrugFinder } from './search-packs.ts'
import type { SetAside } from './set-aside.ts'
import { destroyGoods, lockGoods, releaseGoods, transferGoods } from './set-aside.ts'
import { keyOfTyped } from './typed-code.ts'

type LedgerHandlers = Pick<Handlers, 'trace.searchPacks' | 'trace.findPatients' | 'trace.listPatientPacks' | 'trace.getLife' | 'trace.explainUpload' | 'trace.getPatientView'
  | 'trace.lockPack' | 'trace.releasePack' | 'trace.destroyPack' | 'trace.transferPack' | 'trace.supplyLotDate' | 'trace.supplyNationalCode' | 'trace.supplyLicence'>

export const ledgerHandlers = (house: House, runner: Pick<OutboxRunner, 'wake'>): LedgerHandlers => {
  const { db } = house
  const find: DrugFinder = (text) => drugSearchOf(db).search(text, 20, today(house)).groups.flatMap((group) => group.drugs)

  const stored = <T extends SetAside>(what: T): T => {
    const key = keyOfTyped(db, what.code)
    if (key === null) throw new AppError('pack.not-found', 'no such pack in the ledger')
    return { ...what, code: codeOf(db, key) }
  }
  const lifeOf = (code: string) => getLife(db, keyOfTyped(db, code))
  const freed = (released: number): { released: number } => {
    runner.wake()
    house.changed('status')
    return { released }
  }

  return {
    'trace.searchPacks': (_call, asked) => searchPacks(db, asked, today(house), find),
    'trace.findPatients': (_call, { text }) => ({ people: findPatients(db, text) }),
    'trace.listPatientPacks': (_call, asked) => packsOfPatient(db, asked),
    'trace.getLife': (_call, { code }) => lifeOf(code),
    'trace.explainUpload': (_call, { code, saleId }) => explainUpload(house, keyOfTyped(db, code), saleId),
    'trace.getPatientView': (_call, { code }) => getPatientView(db, keyOfTyped(db, code), now(house)),
    'trace.lockPack': atomic((call, what) => {
      lockGoods(house, callerOf(call), stored(what))
      return lifeOf(what.code)
    }),
    'trace.releasePack': atomic((call, what) => {
      releaseGoods(house, callerOf(call), stored(what))
      return lifeOf(what.code)
    }),
    'trace.destroyPack': atomic((call, what) => {
      destroyGoods(house, callerOf(call), stored(what))
      return lifeOf(what.code)
    }),
    'trace.transferPack': atomic((call, what) => {
      transferGoods(house, callerOf(call), stored(what))
      return lifeOf(what.code)
    }),
    'trace.supplyLotDate': atomic((_call, { lotId, lotManufacturedOn }) => {
      const lot = getLot(db, lotId)
      if (lotManufacturedOn > lot.expiresOn || lotManufacturedOn > today(house)) throw new AppError('rpc.invalid-input', 'made after it expires, or not yet', { path: 'lotManufacturedOn' })
      setLotManufacturedOn(db, lotId, lotManufacturedOn)
      return freed(unparkLot(db, lotId, now(house)))
    }),
    'trace.supplyNationalCode': atomic((_call, { drugId, nationalCode }) => {
      getDrugFacts(db, drugId)
      if (!supplyNationalCode(db, drugId, nationalCode)) throw new AppError('rpc.invalid-input', 'the drug has a national code', { path: 'drugId' })
      return freed(unparkDrug(db, drugId, now(house)))
    }),
    'trace.supplyLicence': atomic((_call, { staffId, licenceNumber }) => {
      setLicence(db, staffId, licenceNumber)
      return freed(unparkLicence(db, now(house)))
    }),
  }
}
