import { fen } from '../../../electron/contract/index.ts'
import type { Fen, LineFigures, Sale, SettlementFigures } from '../../../electron/contract/index.ts'

/** Not a benefit engine: figures that add up, so that screens have something true to show. */
export const fakeFigures = (sale: Sale): SettlementFigures => {
  const lines: LineFigures[] = sale.lines.map((line) => {
    const amount = line.amountFen
    const own = line.insuranceClass === 'none' ? amount : 0
    const over = line.drugId === 'D005' ? Math.round(amount / 10) : 0
    const first = line.insuranceClass === 'B' ? Math.round((amount - over) / 10) : 0
    return {
      lineId: line.lineId,
      amountFen: amount,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      priceLimit: null,
      level: line.insuranceClass === 'none' ? 'C' : line.insuranceClass,
      selfPayShare: line.insuranceClass === 'B' ? 1000 : null,
      fullSelfPayFen: fen(own),
      overLimitFen: fen(over),
      preSelfPayFen: fen(first),
      inScopeFen: fen(amount - own - over - first),
      message: line.drugId === 'D009' ? '该药品不在医保目录内' : '',
    }
  })
  const sum = (pick: (line: LineFigures) => number): number => lines.reduce((total, line) => total + pick(line), 0)
  const scope = sum((l) => l.inScopeFen)
  const share = sale.purchaseType.kind === 'chronic' ? 7000 : 5000
  const pooled = Math.floor((scope * share) / 10_000)
  const total = sale.totalFen
  const personal = total - pooled
  const balance = sale.person?.insurances[sale.person.chosenInsurance]?.balanceFen ?? 0
  const account = Math.min(balance, Math.floor(personal * 0.7))
  return {
    totalFen: total,
    fundFen: fen(pooled),
    pooledFundFen: fen(pooled),
    personalFen: fen(personal),
    accountFen: fen(account),
    familyAccountFen: fen(0),
    cashFen: fen(personal - account),
    hospitalFen: fen(0),
    fullSelfPayFen: fen(sum((l) => l.fullSelfPayFen)),
    overLimitFen: fen(sum((l) => l.overLimitFen)),
    preSelfPayFen: fen(sum((l) => l.preSelfPayFen)),
    inScopeFen: fen(scope),
    deductibleFen: fen(0),
    poolingShare: share,
    balanceAfterFen: fen(balance - account) as Fen,
    clearingType: '41',
    funds: [{ code: '310100', name: '职工基本医疗保险统筹基金', amountFen: fen(pooled), limitFen: fen(0), process: '' }],
    lines,
  }
}
