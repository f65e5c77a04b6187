import { isAppError } from '../../electron/contract/index.ts'
import type { CounterStep, DrugId, ScanKind, TenderMethod, Verdict, VerdictAnswer } from '../../electron/contract/index.ts'
import type { ScanVia } from '../keyboard/scan-input.ts'
import { ensureSale } from './current-sale.ts'
import { credentialOf } from './credential.ts'
import type { SayAnswer } from './say.ts'
import { goSeeSale } from './go-see.ts'
import { attempt, goTo, showSale, speak, speakError, speakScreen } from './till.ts'
import type { Till } from './till.ts'

/** More is no code of anything, and is said so. */
const LONGEST_SCAN = 4096
const WALLETS: Partial<Readonly<Record<ScanKind, TenderMethod>>> = { 'wechat-pay': 'wechat', 'alipay-pay': 'alipay', unionpay: 'card' }

interface Scan {
  readonly raw: string
  readonly via: ScanVia
  readonly step: CounterStep
  /** What the cashier said it is; it stays said while other questions are answered. */
  readonly drugId: DrugId | null
  /** Whatever line is selected: this pack is another. */
  readonly anyLine?: boolean
}

const stepNow = (till: Till): CounterStep => {
  const { panel, overlay, sale } = till.store.get()
  if (overlay?.kind === 'pay' && sale !== null && sale.status !== 'closed') return 'payment'
  return panel === 'person' ? 'person' : 'drug'
}

const ANSWER_KEYS = ['Enter', '2', '3'] as const
const understood: SayAnswer = { key: 'Enter', label: 'understood', run: () => {} }
const back: SayAnswer = { key: 'Escape', label: 'back', run: () => {} }

/** The search, to say which drug a pack is. */
const openPick = (till: Till, scan: Scan, verdict: Verdict): void => {
  const { raw, via } = scan
  till.store.set({ panel: 'find', findText: '', digits: '', picking: { raw, via, candidates: verdict.candidates.map(({ drugId }) => drugId) } })
  speakScreen(till, 'notice', 'picking', { tail: (verdict.code ?? '').slice(-4) })
}

/**
 * Of a question Enter gives the first answer, the others have digits. Of a refusal Enter only says that it was read, as at every refusal, and digits offer what can be done instead;
 * but a pack that is not ours goes aside with Enter. Esc goes back and does nothing: not even setting aside, which locks the pack.
 */
const answersFor = (till: Till, verdict: Verdict, scan: Scan): readonly SayAnswer[] => {
  const foreign = verdict.sound === 'foreign'
  const first = verdict.outcome === 'refuse' && !foreign ? 1 : 0
  const given = verdict.answers.map((answer, index): SayAnswer => ({
    key: ANSWER_KEYS[first + index] ?? '3',
    label: answer,
    run: () => {
      if (answer === 'pick-drug') return openPick(till, scan, verdict)
      void enqueue(till, () => send(till, scan, answer))
    },
  }))
  const { receiptNumber } = verdict.detail
  if (verdict.reason === 'sold-here' && typeof receiptNumber === 'string') given.push({ key: 'F7', label: 'register-return', run: () => goSeeSale(till, receiptNumber) })
  if (verdict.reason === 'wrong-product' && verdict.detail['next'] === 'other-line') {
    given.push({ key: '2', label: 'other-line', run: () => void enqueue(till, () => send(till, { ...scan, anyLine: true }, null)) })
  }
  if (verdict.reason === 'set-aside') return [understood, { key: '2', label: 'see-alarm', run: () => goTo(till, 'alarm') }]
  if (verdict.outcome === 'refuse' && !foreign) return [understood, ...given]
  return given.length === 0 ? [] : [...given, back]
}

const speakVerdict = (till: Till, verdict: Verdict, scan: Scan): void =>
  speak(till, { tone: verdict.outcome, sound: verdict.sound, source: { kind: 'verdict', verdict }, answers: answersFor(till, verdict, scan) })

const send = async (till: Till, scan: Scan, answer: VerdictAnswer | null): Promise<void> => {
  const sale = await ensureSale(till)
  const asksPlatform = scan.step === 'person' || answer === 'read-person'
  if (asksPlatform) till.store.set({ waiting: { what: 'person', since: till.now(), saleId: sale.saleId } })
  try {
    const {
      verdict,
      sale: after,
      lineId,
    } = await till.core.command('sale.scanCode', {
      saleId: sale.saleId,
      raw: scan.raw,
      step: scan.step,
      via: scan.via,
      scanner: scan.via === 'typed' ? null : till.scanner(),
      answer,
      drugId: scan.drugId,
      selectedLineId: scan.anyLine === true ? null : till.store.get().selected,
    })
    // Held or left meanwhile: what was scanned belongs to that sale, the screen to the next.
    if (till.store.get().sale?.saleId === after.saleId) showSale(till, after, lineId)
    const wallet = scan.step === 'payment' ? WALLETS[verdict.kind] : undefined
    if (wallet !== undefined && verdict.outcome === 'accept') {
      till.store.set({ payMethod: { method: wallet } })
      return till.play('ok')
    }
    if (verdict.reason === 'person-read') till.store.set({ panel: 'none', halfCredential: null })
    speakVerdict(till, verdict, scan)
  } catch (error) {
    // The number is known, the name is not on it: the panel asks.
    const half = isAppError(error) && error.code === 'credential.name-required' ? credentialOf(scan.raw, '') : null
    if (half !== null && half.kind !== 'e-voucher') till.store.set({ panel: 'person', halfCredential: half })
    speakError(till, error)
  } finally {
    if (asksPlatform && till.store.get().waiting?.what === 'person') till.store.set({ waiting: null })
  }
}

/** Two packs may be scanned while the first is looked up: they are answered in the order in which they came. */
const enqueue = (till: Till, work: () => Promise<void>): Promise<unknown> => {
  till.scans.last = till.scans.last.then(() =>
    attempt(till, async () => {
      await work()
      return null
    }),
  )
  return till.scans.last
}

/** One code from any scanner, on the till's screen. */
export const scan = (till: Till, raw: string, via: ScanVia): Promise<unknown> => {
  const { waiting, sale } = till.store.get()
  if (waiting !== null && waiting.what !== 'person') {
    speakScreen(till, 'refuse', 'still-asking')
    return till.scans.last
  }
  // The receipt is on the screen: the next code is the next customer's.
  if (sale?.status === 'due' && till.store.get().overlay?.kind !== 'pay') {
    speakScreen(till, 'refuse', 'pay-first')
    return till.scans.last
  }
  const step = stepNow(till)
  return enqueue(till, () => send(till, { raw: raw.slice(0, LONGEST_SCAN), via, step, drugId: null }, null))
}

/** The drug that the cashier picked for a pack nobody knew: the scan is made again with it. */
export const pickDrug = (till: Till, drugId: DrugId): void => {
  const { picking } = till.store.get()
  till.store.set({ panel: 'none', findText: '', picking: null })
  if (picking === null) return
  void enqueue(till, () => send(till, { raw: picking.raw, via: picking.via, step: 'drug', drugId }, 'pick-drug'))
}
