import type { Sale, SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { fetchesMissing } from '../../domain/sale/packs-needed.ts'
import { inTransaction } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { wakeJobsOfSale } from '../outbox/outbox-store.ts'
import type { OutboxRunner } from '../outbox/run-outbox.ts'
import { getPerson } from '../person/person-store.ts'
import { readFacts, readPersonIntoSale, refreshPerson } from '../person/read-person.ts'
import type { Call, Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { decideParked } from '../settlement/decide-parked.ts'
import { quoteSale } from '../settlement/quote-sale.ts'
import { settlementStory } from '../settlement/settlement-store.ts'
import { settleSale } from '../settlement/settle-sale.ts'
import { changeSale } from './change-sale.ts'
import { addDrug, holdSale, setQuantity, setSellUnit, voidLine } from './edit-lines.ts'
import { checkReturn, checkReturnPack } from './check-return.ts'
import { copyToNew, isSettled, recallSale, voidSale } from './end-sale.ts'
import { saleStatements, getSaleRow } from './sale-store.ts'
import { listSales } from './list-sales.ts'
import { saleView } from './sale-view.ts'
import { scanCode } from './scan-code.ts'
import { returnSale } from './return-sale.ts'
import { startSale } from './start-sale.ts'
import { takeTender } from './take-tender.ts'
import { takeUncoded } from './take-uncoded.ts'
import { fetchVirtualCodes } from './virtual-codes.ts'

export type SaleProcedure = Extract<keyof Handlers, `sale.${string}` | 'person.revealPerson'>

/** The counter's procedures. Commands that only change our own books are atomic: effect, answer and audit row are one commit. */
export const saleHandlers = (house: House, runner: OutboxRunner): Pick<Handlers, SaleProcedure> => {
  const { db } = house
  const view = (saleId: SaleId): Sale => saleView(house, saleId)
  /** Codes of drugs that have none are fetched beside the cashier's work; what fails stays missing and is shown so. */
  const fetchBeside = (caller: Caller, saleId: SaleId): void => {
    // After the commit: what is rolled back wants no codes.
    queueMicrotask(() => {
      fetchVirtualCodes(house, caller, saleId).then(() => house.changed({ saleId }), (cause: unknown) => house.log.error({ err: cause }, 'virtual codes'))
    })
  }
  const ofPerson = async (call: Call, saleId: SaleId, change: () => void): Promise<Sale> => {
    changeSale(house, saleId, change)
    await readFacts(house, callerOf(call), saleId)
    house.changed({ saleId })
    return view(saleId)
  }

  return {
    'sale.startSale': atomic((call) => {
      const saleId = inTransaction(db, () => startSale(house, callerOf(call)))
      return view(saleId)
    }),
    'sale.getSale': (_call, { saleId }) => view(saleId),
    'sale.listSales': (_call, input) => [...listSales(house, input)],
    'sale.getStory': (_call, { saleId }) => [...settlementStory(db, saleId)],
    'sale.scanCode': atomic((call, input) => {
      const scanned = scanCode(house, callerOf(call), input)
      // A product barcode may have added a drug that has no codes, or a pack of the uncoded list.
      if (!(scanned instanceof Promise) && (scanned.verdict.reason === 'drug-added' || scanned.verdict.reason === 'uncoded-ok')) fetchBeside(callerOf(call), input.saleId)
      return scanned
    }, ({ step, answer }) => step === 'drug' && answer !== 'read-person'),
    'sale.addDrug': atomic((call, { saleId, drugId, sellUnit }) => {
      const lineId = addDrug(house, saleId, drugId, sellUnit)
      if (getDrugFacts(db, drugId).codeRequirement === 'virtual') fetchBeside(callerOf(call), saleId)
      return { sale: view(saleId), lineId }
    }),
    'sale.setQuantity': atomic((call, { saleId, lineId, quantity }) => {
      setQuantity(house, callerOf(call), saleId, lineId, quantity)
      const sale = view(saleId)
      if (sale.lines.some((line) => fetchesMissing(line) > 0)) fetchBeside(callerOf(call), saleId)
      return sale
    }),
    'sale.setSellUnit': atomic((call, { saleId, lineId, sellUnit, quantity }) => {
      setSellUnit(house, callerOf(call), saleId, lineId, sellUnit, quantity)
      return view(saleId)
    }),
    'sale.useUncoded': atomic((call, { saleId, lineId, packs }) => {
      takeUncoded(house, callerOf(call), saleId, lineId, packs)
      const sale = view(saleId)
      if (sale.lines.some((line) => fetchesMissing(line) > 0)) fetchBeside(callerOf(call), saleId)
      return sale
    }),
    'sale.voidLine': atomic((call, { saleId, lineId, reason }) => {
      voidLine(house, callerOf(call), saleId, lineId, reason)
      return view(saleId)
    }),
    'sale.readPerson': async (call, { saleId, credential }) => {
      await readPersonIntoSale(house, callerOf(call), saleId, credential)
      return view(saleId)
    },
    'sale.refreshPerson': async (call, { saleId }) => {
      await refreshPerson(house, callerOf(call), saleId)
      return view(saleId)
    },
    'sale.removePerson': atomic((_call, { saleId }) => {
      changeSale(house, saleId, () => {
        saleStatements(db).setPerson.run({ saleId, personId: null, chosenInsurance: 0, kind: null, credential: null, insured: 0 })
        saleStatements(db).setPurchase.run({ saleId, kind: 'pharmacy', diseaseCode: null })
      })
      return view(saleId)
    }),
    'sale.chooseInsurance': (call, { saleId, index }) => ofPerson(call, saleId, () => {
      const sale = getSaleRow(db, saleId)
      if (sale.person_id === null || getPerson(db, sale.person_id).person.insurances[index] === undefined) throw new AppError('person.not-insured', 'no such insurance')
      saleStatements(db).setChosenInsurance.run({ saleId, index })
    }),
    'sale.setPurchaseType': (call, { saleId, kind, diseaseCode }) => ofPerson(call, saleId, () => {
      if (house.profile.purchaseKinds[kind]?.offered !== true) throw new AppError('rpc.invalid-input', 'not offered here', { path: 'kind' })
      saleStatements(db).setPurchase.run({ saleId, kind, diseaseCode })
    }),
    'sale.setInsured': atomic((_call, { saleId, insured }) => {
      changeSale(house, saleId, () => {
        if (insured && getSaleRow(db, saleId).person_id === null) throw new AppError('sale.insured-needs-person', 'no person in this sale')
        saleStatements(db).setInsured.run({ saleId, insured: insured ? 1 : 0 })
      })
      return view(saleId)
    }),
    'sale.holdSale': atomic((_call, { saleId, note }) => {
      holdSale(house, saleId, note)
      house.changed('status')
      return view(saleId)
    }),
    'sale.recallSale': atomic((call, { saleId }) => {
      recallSale(house, callerOf(call), saleId)
      house.changed('status')
      return view(saleId)
    }),
    'sale.voidSale': atomic((call, { saleId, reason }) => {
      voidSale(house, callerOf(call), saleId, reason)
      house.changed('status')
      return view(saleId)
    }),
    'sale.quoteSale': async (call, { saleId }) => {
      await quoteSale(house, callerOf(call), saleId)
      return view(saleId)
    },
    'sale.settleSale': async (call, { saleId }) => {
      await settleSale(house, runner, callerOf(call), saleId)
      runner.wake()
      house.changed('status')
      return view(saleId)
    },
    'sale.takeTender': atomic((call, { saleId, method, givenFen }) => {
      const sale = takeTender(house, callerOf(call), saleId, method, givenFen)
      queueMicrotask(() => runner.wake())
      house.changed('status')
      return sale
    }),
    'sale.checkReturn': (_call, { saleId }) => checkReturn(house, saleId),
    'sale.checkReturnPack': (_call, { saleId, raw }) => checkReturnPack(house, saleId, raw),
    'sale.returnSale': atomic((call, { saleId, reason, packs, unscannableReason }) => {
      const done = (): Sale => {
        queueMicrotask(() => runner.wake())
        house.changed('status')
        return view(saleId)
      }
      const asked = returnSale(house, callerOf(call), { saleId, reason, packs, unscannableReason })
      return asked instanceof Promise ? asked.then(done) : done()
    }, ({ saleId }) => !isSettled(db, saleId)),
    'sale.copyToNew': atomic((call, { saleId }) => view(copyToNew(house, callerOf(call), saleId))),
    'sale.resolveNow': async (_call, { saleId }) => {
      getSaleRow(db, saleId)
      wakeJobsOfSale(db, saleId, now(house))
      await runner.runSale(saleId)
      return view(saleId)
    },
    'sale.decideParked': atomic((call, { saleId, decision, evidence }) => {
      decideParked(house, callerOf(call), saleId, decision, evidence)
      queueMicrotask(() => runner.wake())
      house.changed('status')
      return view(saleId)
    }),
    'person.revealPerson': (_call, { personId }) => {
      const { person } = getPerson(db, personId)
      return { name: person.name, idNumber: person.idNumber }
    },
  }
}
