import type { Fen, SettlementFigures } from '../../contract/index.ts'
import { fen } from '../../contract/index.ts'

interface Amounts { readonly totalFen: Fen | null; readonly fundFen: Fen | null; readonly accountFen: Fen | null }

/**
 * The figures of a settlement whose answer was lost, from the province's list. Its trial said the same three sums: then all the trial's figures hold.
 * Otherwise what the row says and what follows from it: the patient pays the rest. null: the row contradicts itself or says too little.
 */
export const figuresOfRow = (row: Amounts, trial: SettlementFigures | null): SettlementFigures | null => {
  const { totalFen, fundFen, accountFen } = row
  if (totalFen === null || fundFen === null || accountFen === null) return null
  const cashFen = fen(totalFen - fundFen - accountFen)
  if (totalFen <= 0 || fundFen < 0 || accountFen < 0 || cashFen < 0) return null
  // Family accounts stand in the row's account sum in some provinces, beside it in others (5203 note 4).
  const sameAccount = trial !== null && (trial.accountFen === accountFen || trial.accountFen + trial.familyAccountFen === accountFen)
  if (trial !== null && trial.totalFen === totalFen && trial.fundFen === fundFen && sameAccount) return trial
  const zero = fen(0)
  return {
    totalFen, fundFen, pooledFundFen: fundFen, personalFen: fen(totalFen - fundFen), accountFen, familyAccountFen: zero, cashFen, hospitalFen: zero, fullSelfPayFen: zero, overLimitFen: zero, preSelfPayFen: zero,
    inScopeFen: zero, deductibleFen: zero, poolingShare: 0, balanceAfterFen: zero, clearingType: trial?.clearingType ?? '', funds: [], lines: [],
  }
}
