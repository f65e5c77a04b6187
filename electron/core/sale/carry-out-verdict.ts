import type { LineId, ParsedInput } from '../../contract/index.ts'
import type { PackTrace } from '../../domain/recognition/trace-of.ts'
import type { Decision } from '../../domain/verdict/decide.ts'
import { effectOf } from '../../domain/verdict/effect-of.ts'
import type { VerdictFacts } from '../../domain/verdict/facts.ts'
import { targetLine } from '../../domain/verdict/target-line.ts'
import { askBeside } from '../alarm/ask-elsewhere.ts'
import { raiseAlarm } from '../alarm/raise-alarm.ts'
import { inTransaction } from '../db/database.ts'
import { openCarton } from '../goods/cascade.ts'
import { receivePacks } from '../goods/receive-packs.ts'
import type { Caller, House } from '../house.ts'
import { learnLink, noteLinkUse } from '../map/learn-link.ts'
import { now } from '../now.ts'
import { uncodedPacksOf } from '../uncoded/uncoded-store.ts'
import { changeSale } from './change-sale.ts'
import { addDrug } from './edit-lines.ts'
import { enterUnreceived, lacksCodes, placePack } from './place-pack.ts'
import { getLineRows } from './sale-store.ts'
import { takeUncoded } from './take-uncoded.ts'

type Scan = ParsedInput<'sale.scanCode'>
type DrugId = NonNullable<Decision['drugId']>

const learn = (house: House, caller: Caller, trace: PackTrace, drugId: DrugId, level: number): string =>
  learnLink(house, caller, { kind: 'trace-identifier', value: trace.identifier, drugId, level, note: '' })

/** Into the ledger: as its delivery's paper says, else from the shelf's lot; with the link that named its drug, while that waits for review. */
const enter = (house: House, caller: Caller, facts: VerdictFacts, trace: PackTrace, drugId: DrugId, learnt: boolean): void => {
  const { expected, candidates } = facts
  if (expected !== null && expected.drug.drugId === drugId && !learnt) {
    receivePacks(house, caller, [trace], null)
    return
  }
  enterUnreceived(house, caller, drugId, trace)
  const linkId = learnt ? learn(house, caller, trace, drugId, 1) : candidates.find(({ drug, trust }) => drug.drugId === drugId && trust === 'provisional')?.linkId
  if (linkId !== undefined && linkId !== null) noteLinkUse(house.db, linkId, trace.code, now(house))
}

const sellPack = (house: House, caller: Caller, scan: Scan, facts: VerdictFacts, trace: PackTrace, decision: Decision, drugId: DrugId): LineId => {
  const lineId = changeSale(house, scan.saleId, () => {
    if (facts.pack === null) enter(house, caller, facts, trace, drugId, decision.reason === 'learned')
    const line = targetLine(facts, drugId)
    return placePack(house, caller, scan.saleId, trace.code, line === null ? null : { lineId: line.lineId, sellUnit: line.sellUnit })
  })
  askBeside(house, caller, { code: trace.code, saleId: scan.saleId, received: facts.pack !== null || facts.expected !== null })
  return lineId
}

/** One pack of the drug without a code: on the line that waits for one, else on a new one. */
const sellUncoded = (house: House, caller: Caller, { saleId, selectedLineId }: Scan, drugId: DrugId): LineId =>
  changeSale(house, saleId, () => {
    const waiting = getLineRows(house.db, saleId).filter((line) => line.drug_id === drugId && lacksCodes(house, line))
    const lineId = (waiting.find((line) => line.line_id === selectedLineId) ?? waiting[0])?.line_id ?? addDrug(house, saleId, drugId, 'pack')
    takeUncoded(house, caller, saleId, lineId, uncodedPacksOf(house.db, lineId) + 1)
    return getLineRows(house.db, saleId).find((line) => line.line_id === lineId)?.line_id ?? lastLineOf(house, saleId, drugId)
  })
/** The line gave its pack to another lot's line and went. */
const lastLineOf = (house: House, saleId: Scan['saleId'], drugId: DrugId): LineId => {
  const line = getLineRows(house.db, saleId).findLast((row) => row.drug_id === drugId)
  if (line === undefined) throw new Error('a pack was taken from the uncoded list for no line')
  return line.line_id
}

/** An alarm about it; locked when it is in the ledger. Where its drug and a lot are known it is entered first: it lies in this shop. */
const putAside = (house: House, caller: Caller, { saleId }: Scan, facts: VerdictFacts, trace: PackTrace, drugId: DrugId | null): void => {
  const { soldElsewhere, lotFound, pack } = facts
  inTransaction(house.db, () => {
    if (pack === null && drugId !== null && lotFound && facts.carton === null) enterUnreceived(house, caller, drugId, trace)
    raiseAlarm(house, caller, {
      code: trace.code,
      named: trace,
      kind: soldElsewhere === null ? 'suspicion' : 'sold-elsewhere',
      source: soldElsewhere?.source ?? 'counter',
      saleId,
      note: '',
    })
  })
}

/** Does what the verdict allows, in one transaction; answers the line that took the pack. Errors: drug.*, map.*, uncoded.* where the shop's books leave no room. */
export const carryOutVerdict = (house: House, caller: Caller, scan: Scan, facts: VerdictFacts, decision: Decision): LineId | null => {
  const { drugId } = decision
  const { trace } = facts
  switch (effectOf(decision)) {
    case 'none':
    case 'read-person':
      return null
    case 'sell-pack':
      return trace === null || drugId === null ? null : sellPack(house, caller, scan, facts, trace, decision, drugId)
    case 'add-drug':
      return drugId === null ? null : addDrug(house, scan.saleId, drugId, 'pack')
    case 'use-uncoded':
      return drugId === null ? null : sellUncoded(house, caller, scan, drugId)
    case 'open-carton':
      if (trace !== null) openCarton(house, caller, trace)
      return null
    case 'learn-outer':
      if (trace !== null && drugId !== null) learn(house, caller, trace, drugId, scan.level)
      return null
    case 'set-aside':
      if (trace !== null) putAside(house, caller, scan, facts, trace, drugId)
      return null
  }
}
