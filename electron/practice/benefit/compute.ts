import { lineFen, percentText, shareFen, sum, yuanText } from '../amounts.ts'
import type { Pooling } from './rules.ts'

/** One drug line. Price in 10⁻⁶ yuan, count in 10⁻⁴, share in 10⁻⁴. */
export interface BenefitLine {
  readonly amountFen: number
  readonly countE4: number
  readonly class: 'A' | 'B' | 'none'
  readonly preSelfPayE4: number
  readonly priceLimitMicro: number | null
}

export interface BenefitCase {
  readonly lines: readonly BenefitLine[]
  readonly pooling: Pooling | null
  readonly yearCapFen: number
  /** What the year has used before this purchase. */
  readonly used: { readonly deductibleFen: number; readonly fundFen: number }
  /** Share of the civil servants' subsidy; 0 = none. */
  readonly subsidyE4: number
  /** The account that may pay: the person's own, a family member's, or none. */
  readonly account: { readonly kind: 'own' | 'family' | 'none'; readonly balanceFen: number; readonly paysSelfPaid: boolean }
}

/** amount = full self-pay + over limit + first self-pay + in scope. */
export interface LineSplit {
  readonly fullSelfPayFen: number
  readonly overLimitFen: number
  readonly preSelfPayFen: number
  readonly inScopeFen: number
}

export interface Benefit {
  readonly lines: readonly LineSplit[]
  readonly totalFen: number
  readonly fullSelfPayFen: number
  readonly overLimitFen: number
  readonly preSelfPayFen: number
  readonly inScopeFen: number
  readonly deductibleFen: number
  readonly shareE4: number
  readonly capLeftFen: number
  readonly pooledFen: number
  readonly subsidyFen: number
  readonly fundFen: number
  readonly personalFen: number
  /** What an account may pay of the personal part. */
  readonly accountPayableFen: number
  readonly accountFen: number
  readonly familyAccountFen: number
  readonly cashFen: number
  readonly explanation: string
}

/** 甲 A: fully in scope. 乙 B: a first share is self-paid. Not on the list: all self-paid. What is over the limit price is self-paid before any share is taken. */
export const splitLine = (line: BenefitLine): LineSplit => {
  if (line.class === 'none') return { fullSelfPayFen: line.amountFen, overLimitFen: 0, preSelfPayFen: 0, inScopeFen: 0 }
  const limited = line.priceLimitMicro === null ? line.amountFen : Math.min(line.amountFen, lineFen(line.priceLimitMicro, line.countE4))
  const preSelfPayFen = line.class === 'B' ? shareFen(limited, line.preSelfPayE4) : 0
  return { fullSelfPayFen: 0, overLimitFen: line.amountFen - limited, preSelfPayFen, inScopeFen: limited - preSelfPayFen }
}

const explain = (benefit: Omit<Benefit, 'explanation'>, used: BenefitCase['used'], pooling: Pooling | null): string => {
  const parts = [
    `费用总额${yuanText(benefit.totalFen)}元,其中全自费${yuanText(benefit.fullSelfPayFen)}元、超限价${yuanText(benefit.overLimitFen)}元、先行自付${yuanText(benefit.preSelfPayFen)}元,政策范围内${yuanText(benefit.inScopeFen)}元`,
  ]
  if (pooling === null) parts.push('本医疗类别统筹基金不支付')
  else {
    const above = benefit.inScopeFen - benefit.deductibleFen
    parts.push(
      `年度起付线${yuanText(pooling.deductibleFen)}元,此前已付${yuanText(used.deductibleFen)}元,本次计起付线${yuanText(benefit.deductibleFen)}元`,
      `起付线以上${yuanText(above)}元×${percentText(benefit.shareE4)},年度剩余限额${yuanText(benefit.capLeftFen)}元,统筹支付${yuanText(benefit.pooledFen)}元`,
    )
    if (benefit.subsidyFen > 0) parts.push(`公务员补助${yuanText(benefit.subsidyFen)}元`)
  }
  const account = benefit.accountFen + benefit.familyAccountFen
  parts.push(
    `个人负担${yuanText(benefit.personalFen)}元:账户${yuanText(account)}元${benefit.familyAccountFen > 0 ? '(家庭共济)' : ''}、现金${yuanText(benefit.cashFen)}元`,
  )
  return parts.join(';')
}

/** Integer fen throughout; each amount is rounded once, from exact inputs. Pure: the same case gives the same money at trial and at settlement. */
export const computeBenefit = (benefitCase: BenefitCase): Benefit => {
  const { pooling, used, account } = benefitCase
  const lines = benefitCase.lines.map(splitLine)
  const totalFen = sum(benefitCase.lines, (line) => line.amountFen)
  const fullSelfPayFen = sum(lines, (line) => line.fullSelfPayFen)
  const overLimitFen = sum(lines, (line) => line.overLimitFen)
  const inScopeFen = sum(lines, (line) => line.inScopeFen)
  const deductibleFen = pooling === null ? 0 : Math.min(inScopeFen, Math.max(0, pooling.deductibleFen - used.deductibleFen))
  const above = inScopeFen - deductibleFen
  const shareE4 = pooling?.share ?? 0
  const capLeftFen = pooling === null ? 0 : Math.max(0, benefitCase.yearCapFen - used.fundFen)
  const pooledFen = Math.min(shareFen(above, shareE4), capLeftFen)
  const subsidyFen = pooling === null ? 0 : shareFen(above - pooledFen, benefitCase.subsidyE4)
  const fundFen = pooledFen + subsidyFen
  const personalFen = totalFen - fundFen
  const accountPayableFen = account.kind === 'none' ? 0 : account.paysSelfPaid ? personalFen : personalFen - fullSelfPayFen - overLimitFen
  const paidFen = Math.min(accountPayableFen, Math.max(0, account.balanceFen))
  const benefit = {
    lines,
    totalFen,
    fullSelfPayFen,
    overLimitFen,
    preSelfPayFen: sum(lines, (line) => line.preSelfPayFen),
    inScopeFen,
    deductibleFen,
    shareE4,
    capLeftFen,
    pooledFen,
    subsidyFen,
    fundFen,
    personalFen,
    accountPayableFen,
    accountFen: account.kind === 'own' ? paidFen : 0,
    familyAccountFen: account.kind === 'family' ? paidFen : 0,
    cashFen: personalFen - paidFen,
  }
  return { ...benefit, explanation: explain(benefit, used, pooling) }
}
