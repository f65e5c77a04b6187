import { isAppError } from '../../electron/contract/index.ts'
import type { CounterStep, ScanKind, TenderMethod, Verdict, VerdictAnswer } from '../../electron/contract/index.ts'
import type { ScanVia } from '../keyboard/scan-input.ts'
import { ensureSale } from './current-sale.ts'
import { credentialOf } from './credential.ts'
import type { SayAnswer } from './say.ts'
import { attempt, showSale, speak, speakError, speakScreen } from './till.ts'
import type { Till } from './till.ts'

const WALLETS: Partial<Readonly<Record<ScanKind, TenderMethod>>> = { 'wechat-pay': 'wechat', 'alipay-pay': 'alipay', unionpay: 'card' }

interface Scan {
  readonly raw: string
  readonly via: ScanVia
  readonly step: CounterStep
}

const stepNow = (till: Till): CounterStep => {
  const { panel, overlay, sale } = till.store.get()
  if (overlay?.kind === 'pay' && sale !== null && sale.status !== 'closed') return 'payment'
  return panel === 'person' ? 'person' : 'drug'
}

/** Enter gives the first answer, the others have digits; Esc goes back and does nothing: not even setting aside, which locks the pack. */
const answersFor = (till: Till, verdict: Verdict, scan: Scan): readonly SayAnswer[] => {
  if (verdict.outcome === 'refuse') return [{ key: 'Enter', label: 'understood', run: () => {} }]
  const given = verdict.answers.map((answer, index): SayAnswer => ({
    key: index === 0 ? 'Enter' : index === 1 ? '2' : '3',
    label: answer,
    run: () => {
      void enqueue(till, () => send(till, scan, answer))
    },
  }))
  return given.length === 0 ? [] : [...given, { key: 'Escape', label: 'back', run: () => {} }]
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
      answer,
      selectedLineId: till.store.get().selected,
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
  return enqueue(till, () => send(till, { raw: raw.slice(0, 512), via, step }, null))
}
