import { wholeUnits } from '../../../electron/contract/index.ts'
import type { LineId, ParsedInput, Sale, Verdict, VerdictAnswer, VerdictReason } from '../../../electron/contract/index.ts'
import { drugOfCode, traceCode } from './catalogue.ts'
import { PEOPLE } from './people.ts'
import { keep, lineFor, now, saleOf, withQuantity } from './fake-shop.ts'
import type { FakeShop } from './fake-shop.ts'

const verdict = (outcome: Verdict['outcome'], reason: VerdictReason, sound: Verdict['sound'], over: Partial<Verdict> = {}): Verdict => ({
  outcome,
  reason,
  sound,
  kind: 'drug-trace',
  code: null,
  drugId: null,
  drugName: null,
  detail: {},
  answers: [],
  candidates: [],
  saleId: null,
  elapsedMicros: 180,
  ...over,
})

interface Result {
  readonly verdict: Verdict
  readonly sale: Sale
  readonly lineId: LineId | null
}

const readPerson = (shop: FakeShop, sale: Sale, raw: string): Sale | null => {
  const sample = PEOPLE.find((person) => person.eVoucher === raw || person.idNumber === raw || person.socialCard === raw)
  return sample === undefined ? null : keep(shop, { ...sale, person: sample.person(now()), insured: true }, true)
}

const addPack = (shop: FakeShop, sale: Sale, raw: string): Result => {
  const stocked = drugOfCode(raw)
  if (stocked === null) return { verdict: verdict('refuse', 'unknown-identifier', 'stop', { detail: { identifier: raw.slice(0, 7) } }), sale, lineId: null }
  const { drug } = stocked
  const about = { code: raw, drugId: drug.drugId, drugName: `${drug.genericName} ${drug.packSpec}` }
  if (drug.drugId === 'D007')
    return { verdict: verdict('refuse', 'expired', 'stop', { ...about, detail: { expiresOn: '2026-05-31', lotNumber: 'A2406' } }), sale, lineId: null }
  const open =
    sale.lines.find((line) => line.drugId === drug.drugId && line.packsScanned < line.packsNeeded) ??
    sale.lines.find((line) => line.drugId === drug.drugId && line.sellUnit === 'pack')
  const base = open ?? { ...lineFor(stocked), packsNeeded: 0 }
  const packs = [...base.packs, { code: raw, virtual: false, quantity: wholeUnits(1) }]
  const count = Math.max(packs.length, open === undefined ? 1 : base.quantity / 10_000)
  const line = { ...withQuantity({ ...base, packs }, count), packs, packsScanned: packs.length }
  const lines = open === undefined ? [...sale.lines, line] : sale.lines.map((other) => (other.lineId === line.lineId ? line : other))
  const near = drug.drugId === 'D006'
  return {
    verdict: verdict(near ? 'notice' : 'accept', near ? 'pack-ok-near-expiry' : 'pack-ok', near ? 'notice' : 'ok', {
      ...about,
      detail: { lotNumber: line.lotNumber, expiresOn: line.expiresOn, scanned: packs.length, needed: line.packsNeeded, nearDays: 55 },
    }),
    sale: keep(shop, { ...sale, lines }, true),
    lineId: line.lineId,
  }
}

/** A handful of verdicts, chosen by the shape of the text: enough to see every face of the banner. */
export const fakeScan = (shop: FakeShop, input: ParsedInput<'sale.scanCode'>): Result => {
  const { raw, step } = input
  const sale = saleOf(shop, input.saleId)
  const answer: VerdictAnswer | null = input.answer
  const refuse = (reason: VerdictReason, sound: Verdict['sound'], over: Partial<Verdict> = {}): Result => ({
    verdict: verdict('refuse', reason, sound, over),
    sale,
    lineId: null,
  })
  if (answer === 'set-aside') return { verdict: verdict('notice', 'set-aside', 'notice'), sale, lineId: null }
  if (/^424\d{25}$/.test(raw) || /^999999\d{11}[\dX]$/.test(raw)) {
    if (step === 'person' || answer === 'read-person') {
      const read = readPerson(shop, sale, raw)
      return read === null
        ? refuse('not-a-person-code', 'wrong-step')
        : {
            verdict: verdict('accept', 'person-read', 'ok', { kind: 'insurance-ecert', detail: { name: read.person?.nameMasked ?? '' } }),
            sale: read,
            lineId: null,
          }
    }
    if (step === 'payment') return refuse('ecert-in-payment-step', 'wrong-step', { kind: 'insurance-ecert' })
    return raw.startsWith('424')
      ? { verdict: verdict('ask', 'ecert-in-drug-step', 'ask', { kind: 'insurance-ecert', answers: ['read-person', 'set-aside'] }), sale, lineId: null }
      : refuse('id-in-drug-step', 'wrong-step', { kind: 'id-card' })
  }
  if (/^1[0-5]\d{16}$/.test(raw)) {
    if (step === 'payment') return { verdict: verdict('accept', 'payment-code', 'ok', { kind: 'wechat-pay' }), sale, lineId: null }
    return refuse(step === 'drug' ? 'payment-code' : 'not-a-person-code', 'wrong-step', { kind: 'wechat-pay' })
  }
  if (step !== 'drug') return refuse(step === 'person' ? 'drug-in-person-step' : 'drug-in-payment-step', 'wrong-step')
  const holder = sale.lines.find((line) => line.packs.some((pack) => pack.code === raw))
  if (holder !== undefined)
    return {
      ...refuse('in-this-sale', 'own-repeat', { code: raw, drugId: holder.drugId, drugName: holder.name, detail: { line: sale.lines.indexOf(holder) + 1 } }),
      lineId: holder.lineId,
    }
  for (const other of shop.sales.values()) {
    if (other.saleId === sale.saleId || !other.lines.some((line) => line.packs.some((pack) => pack.code === raw))) continue
    if (other.status === 'closed')
      return refuse('sold-here', 'own-repeat', {
        code: raw,
        drugName: other.lines[0]?.name ?? '',
        detail: { at: other.closedAt, receiptNumber: other.receiptNumber },
      })
    if (other.status === 'held') return refuse('in-another-sale', 'own-repeat', { code: raw, detail: { receiptNumber: other.receiptNumber } })
  }
  if (/^8900090/.test(raw)) return refuse('wrong-level', 'stop', { code: raw, drugName: '阿莫西林胶囊 0.25g×24粒', detail: { level: 2 } })
  if (/^8900091/.test(raw)) return refuse('sold-elsewhere', 'foreign', { code: raw, drugName: '缬沙坦胶囊 80mg×28粒', answers: ['set-aside'] })
  // Nobody's front: what the cashier picked is taken for it.
  if (/^8900092/.test(raw)) {
    if (answer === 'pick-drug' && input.drugId !== null) return { ...addPack(shop, sale, traceCode(1, Number(raw.slice(-6)))), verdict: verdict('notice', 'learned', 'notice', { code: raw, drugId: input.drugId }) }
    return { verdict: verdict('ask', 'unknown-identifier', 'ask', { code: raw, answers: ['pick-drug', 'set-aside'], detail: { identifier: raw.slice(0, 7) } }), sale, lineId: null }
  }
  if (/^8900093/.test(raw)) return refuse('never-received-refused', 'stop', { code: raw, answers: ['set-aside'] })
  if (/^8900094/.test(raw) && input.selectedLineId !== null) return refuse('wrong-product', 'stop', { code: raw, detail: { next: 'other-line' } })
  if (/^8900094/.test(raw)) return addPack(shop, sale, traceCode(2, Number(raw.slice(-6))))
  if (/^69\d{11}$/.test(raw))
    return answer === 'add-drug'
      ? refuse('unknown-code', 'stop')
      : {
          verdict: verdict('ask', 'product-barcode', 'ask', { kind: 'gtin', drugName: '连花清瘟胶囊 0.35g×36粒', answers: ['add-drug', 'set-aside'] }),
          sale,
          lineId: null,
        }
  if (/^8\d{19}$/.test(raw)) {
    if (Number(raw.slice(-2)) >= 90 && answer !== 'sell-anyway')
      return {
        verdict: verdict('ask', 'never-received', 'ask', {
          code: raw,
          drugName: drugOfCode(raw)?.drug.genericName ?? null,
          answers: ['sell-anyway', 'set-aside'],
        }),
        sale,
        lineId: null,
      }
    return addPack(shop, sale, raw)
  }
  return refuse('invalid', 'stop', { kind: 'invalid', detail: { length: raw.length } })
}
