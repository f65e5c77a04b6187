import type { OutboxItem, Sale } from '../../contract/index.ts'
import type { ProvinceBooks } from './province-books.ts'

export interface TillSale {
  readonly sale: Sale
  /** Numbers of the 2102 asked for it, oldest first. */
  readonly settleMessages: readonly string[]
}
export interface TillBooks {
  readonly sales: readonly TillSale[]
  readonly outbox: readonly OutboxItem[]
}

/** Where the two do not say the same. */
export interface Finding {
  readonly about: string
  readonly till: unknown
  readonly province: unknown
}

type Settlement = ProvinceBooks['settlements'][number]

/** Goods are with the customer. */
const isLive = (sale: Sale): boolean => sale.status === 'closed' || sale.status === 'due'
const codedLines = (sale: Sale): Sale['lines'] => sale.lines.filter((line) => line.codeRequirement !== 'none')
const keyOf = (codes: readonly string[]): string => codes.toSorted().join(' ')

const count = <T>(values: Iterable<T>): Map<T, number> => {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

const moneyOfSettlement = (settlement: Settlement): readonly number[] => [
  settlement.totalFen,
  settlement.fundFen,
  settlement.accountFen,
  settlement.familyAccountFen,
  settlement.cashFen,
]

/** To the fen, and code for code: a settlement here is the same settlement there; what was undone here does not stand there. */
const compareSettlements = (till: TillBooks, province: ProvinceBooks): Finding[] => {
  const findings: Finding[] = []
  const claimed = new Set<string>()
  for (const { sale, settleMessages } of till.sales) {
    const about = `settlement of ${sale.receiptNumber}`
    const booked = sale.settlementState === 'settled' ? 'booked' : sale.settlementState === 'cancelled' ? 'cancelled' : null
    const counts = booked === null ? null : (settleMessages.at(-1) ?? null)
    if (booked !== null && (counts === null || sale.settled === null)) findings.push({ about, till: 'settled without a message', province: null })
    for (const messageId of settleMessages) {
      const theirs = province.settlements.find((settlement) => settlement.msgid === messageId)
      if (messageId !== counts) {
        if (theirs !== undefined && theirs.state !== 'reversed') findings.push({ about, till: sale.settlementState, province: theirs.state })
        continue
      }
      if (theirs === undefined || theirs.state !== booked) {
        findings.push({ about, till: booked, province: theirs?.state ?? null })
        continue
      }
      claimed.add(theirs.setlId)
      const { settled } = sale
      const ours = settled === null ? [] : [settled.totalFen, settled.fundFen, settled.accountFen, settled.familyAccountFen, settled.cashFen]
      if (ours.join() !== moneyOfSettlement(theirs).join()) findings.push({ about: `money of ${about}`, till: ours, province: moneyOfSettlement(theirs) })
      const ourCodes = keyOf(codedLines(sale).flatMap((line) => line.packs.map((pack) => `${pack.code}${line.sellUnit === 'unit' ? '*' : ''}`)))
      const theirCodes = keyOf(theirs.lines.flatMap((line) => line.codes.map(({ code, split }) => `${code}${split ? '*' : ''}`)))
      if (ourCodes !== theirCodes) findings.push({ about: `packs of ${about}`, till: ourCodes, province: theirCodes })
    }
    if (sale.settlementState === 'reversed' && !province.reversals.some((reversal) => reversal.omsgid === settleMessages.at(-1)))
      findings.push({ about, till: 'reversed', province: 'no reversal' })
  }
  for (const settlement of province.settlements) {
    if (settlement.state !== 'reversed' && !claimed.has(settlement.setlId))
      findings.push({ about: `settlement ${settlement.setlId}`, till: null, province: settlement.state })
  }
  return findings
}

/** Each uploaded row is a line here, each line a row there; a returned one is returned in both. */
const compareUploads = (till: TillBooks, province: ProvinceBooks): Finding[] => {
  const findings: Finding[] = []
  const rows = [...province.sales]
  let returned = 0
  for (const { sale } of till.sales) {
    if (!isLive(sale) && sale.status !== 'returned') continue
    for (const line of codedLines(sale)) {
      const codes = keyOf(line.packs.map((pack) => pack.code))
      const at = rows.findIndex(
        (row) =>
          row.receipt === sale.receiptNumber &&
          row.itemId === line.drugId &&
          row.countE4 === line.quantity &&
          keyOf(row.codes) === codes &&
          row.insured === (sale.settled !== null),
      )
      const [row] = at < 0 ? [] : rows.splice(at, 1)
      const wished = sale.status === 'returned' ? 'returned' : 'sold'
      const found = row === undefined ? null : row.returnedBy === null ? 'sold' : 'returned'
      if (found !== wished) findings.push({ about: `upload of ${sale.receiptNumber}, ${line.drugId}`, till: wished, province: found })
      if (wished === 'returned') returned += 1
    }
  }
  for (const row of rows)
    findings.push({ about: `upload of ${row.receipt}, ${row.itemId}`, till: null, province: row.returnedBy === null ? 'sold' : 'returned' })
  if (returned !== province.returns.length) findings.push({ about: 'returned rows', till: returned, province: province.returns.length })
  return findings
}

/** Every code stands there as often as it left here: once a whole pack, once a sale for a split one, never for what came back. */
const comparePacks = (till: TillBooks, province: ProvinceBooks, institution: string): Finding[] => {
  const ours = count(
    till.sales.filter(({ sale }) => isLive(sale)).flatMap(({ sale }) => codedLines(sale).flatMap((line) => line.packs.map((pack) => pack.code))),
  )
  const theirs = new Map(province.codes.map(({ code, sales }) => [code, sales.filter((sale) => sale.institution === institution).length]))
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((code) => {
    const [here, there] = [ours.get(code) ?? 0, theirs.get(code) ?? 0]
    return here === there ? [] : [{ about: `pack …${code.slice(-6)}`, till: here, province: there }]
  })
}

/** The till with itself: what was taken is what was to be paid, and nothing waits. */
const compareTill = (till: TillBooks): Finding[] => [
  ...till.sales.flatMap(({ sale }) => {
    const taken = sale.tenders.reduce((sum, tender) => sum + tender.amountFen, 0)
    const toPay = isLive(sale) ? (sale.settled?.cashFen ?? sale.totalFen) : 0
    const open = sale.status === 'open' || sale.status === 'held' ? [] : [{ about: `money of ${sale.receiptNumber}`, till: taken, province: toPay }]
    return taken === toPay ? [] : open
  }),
  ...till.sales
    .filter(({ sale }) => ['settling', 'unconfirmed', 'returning', 'due'].includes(sale.status))
    .map(({ sale }) => ({ about: `sale ${sale.receiptNumber}`, till: sale.status, province: 'an end' })),
  ...till.outbox.filter((item) => item.status !== 'done').map((item) => ({ about: `outbox ${item.subject}`, till: item.status, province: 'done' })),
]

/** The books of a shop and of its province, compared from both sides. Empty: they agree. */
export const compareBooks = (till: TillBooks, province: ProvinceBooks, institution: string): readonly Finding[] => [
  ...compareSettlements(till, province),
  ...compareUploads(till, province),
  ...comparePacks(till, province, institution),
  ...compareTill(till),
]
