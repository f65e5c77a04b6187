import type { BusinessDate, DrugId, Instant, MappedDrug, MappingCounts, MappingFilter } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { businessDate } from '../../domain/calendar.ts'
import { isInForce } from '../../domain/mapping/mapping-status.ts'
import { inTransaction } from '../db/database.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import { getDrugFacts, listDrugFacts } from '../drug/drug-store.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { operatorOf } from '../person/read-person.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import type { JudgedDrug } from './mapped-drugs.ts'
import { judgeDrug, sidesText } from './mapped-drugs.ts'
import type { MappingQueue } from './mapping-queue.ts'
import { addUpload, checkMapping, mappingsByDrug, mappingsOfDrug, mappingWaitsFor, startWithdrawal } from './mapping-store.ts'
import { lastRead, readBack } from './read-back.ts'
import { ourSide } from './two-sides.ts'

const isUnder = (drug: MappedDrug, filter: MappingFilter): boolean => (filter === 'expiring' ? drug.expiring : drug.status === filter)
const matches = (drug: MappedDrug, text: string): boolean => [drug.name, drug.spec, drug.maker, drug.drugId, drug.nationalCode].some((field) => field.toLowerCase().includes(text))

const countsOf = (drugs: readonly MappedDrug[]): MappingCounts => {
  const count = (filter: MappingFilter): number => drugs.filter((drug) => isUnder(drug, filter)).length
  return {
    unmapped: count('unmapped'), differs: count('differs'), expired: count('expired'), refused: count('refused'), 'in-force': count('in-force'), 'under-way': count('under-way'), expiring: count('expiring'),
    ready: drugs.filter((drug) => drug.ready).length,
  }
}

export const mappingHandlers = (house: House, queue: MappingQueue): Pick<Handlers, Extract<keyof Handlers, `mapping.${string}`>> => {
  const { db, profile } = house
  const today = (): BusinessDate => businessDate(now(house))
  const judge = (facts: DrugFacts): JudgedDrug => judgeDrug(house, facts, mappingsOfDrug(db, facts.drugId), today())
  const judgeAll = (): readonly JudgedDrug[] => {
    const [rows, on] = [mappingsByDrug(db), today()]
    return listDrugFacts(db).map((facts) => judgeDrug(house, facts, rows.get(facts.drugId) ?? [], on))
  }
  const queueUpload = (facts: DrugFacts, checked: string | null = null): boolean =>
    addUpload(db, { mappingId: house.newId(), drugId: facts.drugId, nationalCode: facts.nationalCode.trim(), from: today(), to: profile.mapping.openEnd, held: ourSide(facts), at: now(house), checked })
  const sendSoon = (): void => {
    queueMicrotask(queue.wake)
    house.changed('status')
  }
  return {
    'mapping.listDrugs': (_call, { filter, text, limit }) => {
      const all = judgeAll().map(({ drug }) => drug)
      const wanted = text.trim().toLowerCase()
      const found = all.filter((drug) => (filter === null || isUnder(drug, filter)) && (wanted === '' || matches(drug, wanted)))
      const read = lastRead(house)
      return {
        drugs: found.slice(0, limit), more: found.length > limit, counts: countsOf(all), required: profile.mapping.required, readAt: (read?.at as Instant | undefined) ?? null, foreign: read?.foreign ?? 0, waitingFor: mappingWaitsFor(db),
      }
    },
    'mapping.showDrug': (_call, { drugId }) => {
      const rows = mappingsOfDrug(db, drugId)
      const { drug, ours, theirs } = judgeDrug(house, getDrugFacts(db, drugId), rows, today())
      return { drug, ours, theirs, rows: rows.map(({ nationalCode, from, to, state, source, at, refusal }) => ({ nationalCode, from, to, state, source, at, refusal })) }
    },
    'mapping.uploadDrug': atomic((_call, { drugId }) => {
      const facts = getDrugFacts(db, drugId)
      const { drug } = judge(facts)
      if (drug.status === 'in-force' || drug.status === 'under-way') throw new AppError('mapping.in-force', 'mapped already', { drugName: drug.name, to: drug.to })
      if (drug.differences.length > 0) throw new AppError('mapping.not-ready', 'not the same goods on both sides', { drugName: drug.name, what: drug.differences.join(' ') })
      if (!queueUpload(facts)) throw new AppError('mapping.in-force', 'mapped already', { drugName: drug.name, to: drug.to })
      sendSoon()
      return judge(facts).drug
    }),
    'mapping.confirmSame': atomic((_call, { drugId }) => {
      const facts = getDrugFacts(db, drugId)
      const { drug, ours, theirs, row } = judge(facts)
      if (!drug.confirmable) throw new AppError('mapping.not-ready', 'not a matter of writing', { drugName: drug.name, what: drug.differences.join(' ') })
      const checked = sidesText(ours, theirs)
      if (row?.state === 'held' && row.nationalCode === ours.code && isInForce(row, today())) checkMapping(db, row.mappingId, checked)
      else if (queueUpload(facts, checked)) sendSoon()
      house.changed('status')
      return judge(facts).drug
    }),
    'mapping.uploadReady': atomic(() => {
      const ready = judgeAll().filter(({ drug }) => drug.ready)
      const queued = inTransaction(db, () => ready.filter(({ drug }) => queueUpload(getDrugFacts(db, drug.drugId as DrugId))).length)
      sendSoon()
      return { queued }
    }),
    'mapping.withdrawDrug': atomic((_call, { drugId }) => {
      const facts = getDrugFacts(db, drugId)
      const held = mappingsOfDrug(db, drugId).find((row) => row.state === 'held')
      if (held === undefined || !startWithdrawal(db, held.mappingId, now(house))) throw new AppError('mapping.none-in-force', 'nothing to withdraw', { drugName: facts.genericName })
      sendSoon()
      return judge(facts).drug
    }),
    'mapping.readBack': async (call, { whole }) => {
      const answer = await readBack(house, operatorOf(callerOf(call)), whole)
      house.changed('status')
      return answer
    },
  }
}
