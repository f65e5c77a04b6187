import { AppError, isAppError, wholeUnits } from '../../contract/index.ts'
import type { DrugId, ErrorDetail, Fen, OutboxItem, Sale, SaleId, SettlementFigures, SettlementStoryItem, Verdict } from '../../contract/index.ts'
import { sentence } from '../../domain/sentences/sentence.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import { receiptToText } from '../receipt-text.ts'
import type { SaleScript } from './sale-script.ts'
import { allBackWhole } from '../../domain/sale/return-rules.ts'

interface Problem {
  readonly code: AppError['code']
  readonly detail: ErrorDetail
  readonly zh: string
  readonly en: string
}
interface Difference {
  readonly what: string
  readonly expected: unknown
  readonly actual: unknown
}

/** What `sell` prints. Amounts in fen; nothing in it names a person in clear. */
export interface SaleResult {
  /** Ended as it should: closed (or returned, where the script returns it), or exactly as `expect` says. */
  readonly ok: boolean
  readonly status: Sale['status']
  readonly problem: Problem | null
  readonly differences: readonly Difference[]
  readonly verdicts: readonly Verdict[]
  readonly trial: SettlementFigures | null
  readonly figures: SettlementFigures | null
  readonly tenders: Sale['tenders']
  readonly uploads: readonly OutboxItem[]
  readonly story: readonly SettlementStoryItem[]
  readonly receipt: { readonly width: string; readonly kind: 'sale' | 'return'; readonly text: string } | null
  readonly sale: Sale
}

const problemOf = ({ code, detail }: Pick<AppError, 'code' | 'detail'>): Problem => {
  const say = (language: 'zh' | 'en'): string => {
    const { word, text, action } = sentence('error', code, detail, language)
    return [word, text, action].filter((part) => part !== '').join(' · ')
  }
  return { code, detail, zh: say('zh'), en: say('en') }
}

/** A scan that did not do what a sale needs, unless the script expects it so. */
const refuseVerdict = (verdict: Verdict, index: number, expected: SaleScript['scans'][number]['expect']): void => {
  const asExpected =
    expected !== undefined && (expected.outcome ?? verdict.outcome) === verdict.outcome && (expected.reason ?? verdict.reason) === verdict.reason
  const done = expected === undefined ? verdict.outcome === 'accept' || verdict.outcome === 'notice' : asExpected
  if (done) return
  const said = sentence('verdict', verdict.reason, verdict.detail, 'zh')
  throw new AppError('script.invalid', `scan ${index + 1} was answered ${verdict.outcome}, ${verdict.reason}`, {
    problem: `scans.${index}: ${verdict.outcome} ${verdict.reason} ${said.word}`,
  })
}

const drugOf = async (client: CoreClient, item: SaleScript['items'][number], index: number): Promise<DrugId> => {
  if (item.drugId !== undefined) return item.drugId
  const { groups } = await client.query('drug.searchDrugs', { text: item.search ?? '', limit: 10 })
  const drugs = groups.flatMap((group) => group.drugs)
  const [only] = drugs
  if (only === undefined || drugs.length > 1) {
    throw new AppError('script.invalid', `items.${index}: ${drugs.length} drugs found`, {
      problem: `items.${index}.search: ${drugs.length === 0 ? '0' : drugs.map((drug) => `${drug.drugId} ${drug.genericName} ${drug.packSpec}`).join(', ')}`,
    })
  }
  return only.drugId
}

const differencesOf = (script: SaleScript, sale: Sale, problem: Problem | null): Difference[] => {
  const { expect } = script
  if (expect === undefined) return []
  const figures = sale.settled ?? sale.quote
  const found = {
    status: sale.status,
    problem: problem?.code,
    totalYuan: figures?.totalFen ?? sale.totalFen,
    fundYuan: figures?.fundFen ?? 0,
    accountYuan: figures === null ? 0 : figures.accountFen + figures.familyAccountFen,
    cashYuan: figures?.cashFen ?? sale.totalFen,
  }
  return Object.entries(expect).flatMap(([what, expected]) => {
    const actual = found[what as keyof typeof found]
    return expected === undefined || expected === actual ? [] : [{ what, expected, actual: actual ?? null }]
  })
}

/** What is due goes to the tenders in their order. */
const takeTenders = async (client: CoreClient, script: SaleScript, sale: Sale): Promise<Sale> => {
  let now = sale
  for (const { method, yuan } of script.tenders) {
    if (now.dueFen <= 0 || now.status === 'closed') break
    now = await client.command('sale.takeTender', { saleId: now.saleId, method, givenFen: (yuan === 'due' ? now.dueFen : yuan) as Fen })
  }
  if (now.dueFen > 0) throw new AppError('sale.tender-short', 'the tenders do not cover what is due', { dueFen: now.dueFen, givenFen: 0 })
  return now
}

const settle = async (client: CoreClient, saleId: SaleId): Promise<{ readonly sale: Sale; readonly trial: SettlementFigures | null }> => {
  const quoted = await client.command('sale.quoteSale', { saleId })
  if (quoted.refusal !== null) throw new AppError(quoted.refusal.code, 'the trial was refused', quoted.refusal.detail)
  const settled = await client.command('sale.settleSale', { saleId })
  if (settled.status === 'unconfirmed') {
    // The way out of a lost answer is the platform's word: asked for now, not at the next turn.
    await client.command('sale.resolveNow', { saleId })
    throw new AppError('settlement.unknown', 'the answer to the settlement was lost')
  }
  if (settled.refusal !== null) throw new AppError(settled.refusal.code, 'the settlement was refused', settled.refusal.detail)
  return { sale: settled, trial: quoted.quote }
}

/** Plays one scripted sale with whoever is signed in. Opens a shift without a float when none is open; an unfinished sale is voided, so that its codes go back. */
export const playSale = async (client: CoreClient, script: SaleScript): Promise<SaleResult> => {
  if ((await client.query('shift.getCurrent', {})).shift === null) await client.command('shift.openShift', { floatFen: 0 as Fen })
  const { saleId } = await client.command('sale.startSale', {})
  const verdicts: Verdict[] = []
  let trial: SettlementFigures | null = null
  let problem: Problem | null = null
  try {
    if (script.credential !== null) await client.command('sale.readPerson', { saleId, credential: script.credential })
    if (script.insuranceIndex !== undefined) await client.command('sale.chooseInsurance', { saleId, index: script.insuranceIndex })
    if (script.purchaseType !== undefined) await client.command('sale.setPurchaseType', { saleId, ...script.purchaseType })
    for (const [index, item] of script.items.entries()) {
      const { lineId } = await client.command('sale.addDrug', { saleId, drugId: await drugOf(client, item, index), sellUnit: item.split ? 'unit' : 'pack' })
      if (item.quantity > 1) await client.command('sale.setQuantity', { saleId, lineId, quantity: wholeUnits(item.quantity) })
    }
    for (const [index, scan] of script.scans.entries()) {
      const { verdict } = await client.command('sale.scanCode', { saleId, raw: scan.code, step: 'drug', via: 'typed', answer: scan.answer ?? null, drugId: scan.drugId ?? null })
      verdicts.push(verdict)
      refuseVerdict(verdict, index, scan.expect)
    }
    if (script.insured === false && script.credential !== null) await client.command('sale.setInsured', { saleId, insured: false })
    const before = await client.query('sale.getSale', { saleId })
    const settled = before.insured ? await settle(client, saleId) : { sale: before, trial: null }
    trial = settled.trial
    await takeTenders(client, script, settled.sale)
    if (script.returnReason !== undefined) await client.command('sale.returnSale', { saleId, reason: script.returnReason, packs: allBackWhole((await client.query('sale.getSale', { saleId })).lines) })
  } catch (error) {
    if (!isAppError(error)) throw error
    problem = problemOf(error)
    const { status } = await client.query('sale.getSale', { saleId })
    if (status === 'open' || status === 'held') await client.command('sale.voidSale', { saleId, reason: 'script' })
  }
  await client.command('outbox.runNow', {})
  const sale = await client.query('sale.getSale', { saleId })
  const kind = sale.status === 'returned' ? 'return' : 'sale'
  const receipt =
    sale.status === 'closed' || sale.status === 'returned' ? await client.query('receipt.getReceipt', { saleId, width: script.paper, kind }) : null
  const differences = differencesOf(script, sale, problem)
  const wanted = script.returnReason === undefined ? 'closed' : 'returned'
  const ended =
    script.expect?.problem === undefined && script.expect?.status === undefined
      ? problem === null && sale.status === wanted
      : problem === null || script.expect.problem === problem.code
  return {
    ok: ended && differences.length === 0,
    status: sale.status,
    problem,
    differences,
    verdicts,
    trial,
    figures: sale.settled,
    tenders: sale.tenders,
    uploads: (await client.query('outbox.listItems', { statuses: ['pending', 'leased', 'parked', 'done'], limit: 1000 })).filter(
      (item) => item.saleId === saleId,
    ),
    story: await client.query('sale.getStory', { saleId }),
    receipt: receipt === null ? null : { width: receipt.width, kind, text: receiptToText(receipt) },
    sale,
  }
}
