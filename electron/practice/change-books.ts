import type { Settlement } from './book-records.ts'
import type { Province } from './call.ts'
import { ELSEWHERE, registerCode, sellFirstPacksElsewhere } from './code-register.ts'
import type { UndoStep } from './records/scenario.ts'
import { compactTime, dateText } from './province-time.ts'
import type { BooksChange } from './scenario-pack.ts'

const NOTHING: readonly UndoStep[] = []

const setBalances = (province: Province, who: string, fen: number): readonly UndoStep[] => {
  const { store } = province
  const people = [...province.people.values()].filter((person) => who === '*' || person.key === who)
  if (people.length === 0) throw new Error(`no person ${who}`)
  return people.flatMap((person) => {
    const state = store.shelves.people.get(person.psnNo)
    if (state === undefined || (who === '*' && state.balanceFen <= fen)) return []
    store.put('people', person.psnNo, { ...state, balanceFen: fen })
    return [{ kind: 'add-balance' as const, psnNo: person.psnNo, fen: state.balanceFen - fen }]
  })
}

const addSettlement = (province: Province, who: string, totalFen: number): readonly UndoStep[] => {
  const { store, profile } = province
  const person = [...province.people.values()].find((candidate) => candidate.key === who)
  const institution = profile.institutions[0]
  if (person === undefined || institution === undefined) throw new Error(`no person ${who}`)
  const at = province.clock()
  const number = store.next('settlement')
  const setlId = `${institution.area}${compactTime(at).slice(0, 8)}${String(number).padStart(10, '0')}`
  const { insutype } = person.insurance
  const rule = profile.benefit.rules.find((candidate) => candidate.insutype === insutype && candidate.medType === '41')
  store.put('settlements', setlId, {
    setlId,
    mdtrtId: `${institution.area}${compactTime(at)}${String(number).padStart(8, '0')}`,
    msgid: `${institution.code}${compactTime(at)}${String(9000 + (number % 1000)).padStart(4, '0')}`,
    institution: institution.code,
    psnNo: person.psnNo,
    payerPsnNo: null,
    insutype,
    medType: '41',
    diseaseCode: '',
    clearingType: rule?.clearingType ?? '41',
    clearingOffice: institution.area,
    fundType: rule?.fundType ?? '310100',
    fundName: rule?.fundName ?? '职工基本医疗保险统筹基金',
    usedKey: `${dateText(at).slice(0, 4)}:${insutype}:41:`,
    at,
    state: 'booked',
    endedAt: null,
    endedBy: null,
    totalFen,
    fundFen: 0,
    pooledFen: 0,
    subsidyFen: 0,
    personalFen: totalFen,
    accountFen: totalFen,
    familyAccountFen: 0,
    cashFen: 0,
    fullSelfPayFen: 0,
    overLimitFen: 0,
    preSelfPayFen: 0,
    inScopeFen: totalFen,
    deductibleFen: 0,
    shareE4: 0,
    capLeftFen: 0,
    explanation: '练习场景:机构没有的一笔结算',
    lines: [],
  })
  return [{ kind: 'remove-settlement', setlId }]
}

const raised = (settlement: Settlement, fen: number): Settlement => ({
  ...settlement, totalFen: settlement.totalFen + fen, fundFen: settlement.fundFen + fen, pooledFen: settlement.pooledFen + fen,
})

/** A made-up settlement (no lines) is not the one to alter. */
const alterNewest = (province: Province, fen: number): readonly UndoStep[] => {
  const newest = [...province.store.shelves.settlements.values()].filter(({ state, lines }) => state === 'booked' && lines.length > 0).at(-1)
  if (newest === undefined) return NOTHING
  province.store.put('settlements', newest.setlId, raised(newest, fen))
  return [{ kind: 'lower-settlement', setlId: newest.setlId, fen }]
}

/** Writes a change into the books without committing; gives what takes it back. */
export const changeBooks = (province: Province, change: BooksChange): readonly UndoStep[] => {
  switch (change.kind) {
    case 'set-balance':
      return setBalances(province, change.person, change.fen)
    case 'add-settlement':
      return addSettlement(province, change.person, change.totalFen)
    case 'alter-newest-settlement':
      return alterNewest(province, change.fen)
    case 'first-packs-sold-elsewhere':
      sellFirstPacksElsewhere(province.store, true)
      return NOTHING
    case 'sold-elsewhere':
      registerCode(province.store, change.code, { holder: 'elsewhere', institution: ELSEWHERE, nationalCode: '', split: false, at: province.clock() })
      return NOTHING
  }
}

/** What was cancelled or reversed meanwhile gave back what it had: only a settlement that stands is set right. */
export const undoChange = (province: Province, step: UndoStep): void => {
  const { store } = province
  switch (step.kind) {
    case 'add-balance': {
      const state = store.shelves.people.get(step.psnNo)
      if (state !== undefined) store.put('people', step.psnNo, { ...state, balanceFen: state.balanceFen + step.fen })
      return
    }
    case 'remove-settlement':
      store.remove('settlements', step.setlId)
      return
    case 'lower-settlement': {
      const settlement = store.shelves.settlements.get(step.setlId)
      if (settlement !== undefined) store.put('settlements', step.setlId, raised(settlement, -step.fen))
    }
  }
}
