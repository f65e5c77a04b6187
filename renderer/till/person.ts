import { isAppError } from '../../electron/contract/index.ts'
import type { Credential, PurchaseKind, Sale } from '../../electron/contract/index.ts'
import { ensureSale } from './current-sale.ts'
import { attempt, showIfCurrent, showSale, speakError } from './till.ts'
import type { Till } from './till.ts'

const whileAsking = async (till: Till, sale: Sale, work: () => Promise<Sale>): Promise<void> => {
  till.store.set({ waiting: { what: 'person', since: till.now(), saleId: sale.saleId } })
  try {
    showIfCurrent(till, await work())
    till.store.set({ halfCredential: null })
    till.play('ok')
  } finally {
    if (till.store.get().waiting?.what === 'person') till.store.set({ waiting: null })
  }
}

/** F3. Nobody yet: the panel waits for a scan. Somebody: read again, and the panel offers another insurance or another person. */
export const openPerson = (till: Till): void => {
  const { sale } = till.store.get()
  till.store.set({ panel: 'person' })
  if (sale?.person == null || sale.status !== 'open') return
  void attempt(till, async () => {
    await whileAsking(till, sale, () => till.core.command('sale.refreshPerson', { saleId: sale.saleId }))
    return null
  })
}

export const readPerson = async (till: Till, credential: Credential): Promise<void> => {
  try {
    const sale = await ensureSale(till)
    await whileAsking(till, sale, () => till.core.command('sale.readPerson', { saleId: sale.saleId, credential }))
    till.store.set({ panel: 'none' })
  } catch (error) {
    if (isAppError(error) && error.code === 'credential.name-required' && credential.kind !== 'e-voucher') till.store.set({ halfCredential: credential })
    speakError(till, error)
  }
}

const change = (till: Till, work: (sale: Sale) => Promise<Sale>): Promise<null> =>
  attempt(till, async () => {
    showSale(till, await work(await ensureSale(till)))
    return null
  })

export const removePerson = (till: Till): Promise<null> => change(till, ({ saleId }) => till.core.command('sale.removePerson', { saleId }))
export const chooseInsurance = (till: Till, index: number): Promise<null> =>
  change(till, ({ saleId }) => till.core.command('sale.chooseInsurance', { saleId, index }))

/** What F4 offers: a kind of the profile (once per filed disease where one is needed), or self-paid. */
export type PurchaseChoice = { readonly kind: PurchaseKind; readonly diseaseCode: string | null; readonly diseaseName: string | null } | 'self-paid'

export const choosePurchase = (till: Till, choice: PurchaseChoice): Promise<null> => {
  till.store.set({ panel: 'none' })
  return change(till, async (sale) => {
    const { saleId } = sale
    if (choice === 'self-paid') return till.core.command('sale.setInsured', { saleId, insured: false })
    const insured = sale.insured ? sale : await till.core.command('sale.setInsured', { saleId, insured: true })
    const { purchaseType } = insured
    if (purchaseType.kind === choice.kind && purchaseType.diseaseCode === choice.diseaseCode) return insured
    return till.core.command('sale.setPurchaseType', { saleId, kind: choice.kind, diseaseCode: choice.diseaseCode })
  })
}
