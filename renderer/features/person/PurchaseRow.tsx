import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sale } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { choosePurchase } from '../../till/person.ts'
import type { PurchaseChoice } from '../../till/person.ts'
import { Choices } from '../../ui/Choices.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useKeys, useTill, useTillState } from '../../ui/tools.ts'
import { isChosen, purchaseChoices } from '../../view/purchase-choices.ts'

const idOf = (choice: PurchaseChoice): string =>
  choice === 'self-paid' ? choice : `${choice.kind}${choice.diseaseCode === null ? '' : `-${choice.diseaseCode}`}`

/** F4: what is bought, and who pays. */
export const PurchaseRow = (): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const till = useTill()
  const sale = useTillState((state) => state.sale)
  const open = useTillState((state) => state.panel === 'purchase')
  const kind =
    sale === null
      ? ''
      : sale.insured
        ? `${nameOf('purchaseKind', sale.purchaseType.kind)}${sale.purchaseType.diseaseName === null ? '' : ` · ${sale.purchaseType.diseaseName}`}`
        : t('purchase.self-paid')
  return (
    <section className="purchase" data-testid="purchase" data-kind={sale?.insured === true ? sale.purchaseType.kind : 'self-paid'}>
      <span className="fact-label">{t('purchase.title')}</span>
      <b className="clip">{kind}</b>
      <KeyButton name="F4" label={t('purchase.change')} testid="key-purchase" onPress={() => openPurchase(till)} />
      {open && sale !== null ? <PurchaseList sale={sale} /> : null}
    </section>
  )
}

/** Only an open sale has something to choose. */
export const openPurchase = (till: ReturnType<typeof useTill>): void => {
  if (till.store.get().sale?.status === 'open') till.store.set({ panel: 'purchase' })
}

const PurchaseList = ({ sale }: { readonly sale: Sale }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const till = useTill()
  const kinds = useTillState((state) => state.status?.purchaseKinds)
  const choices = purchaseChoices(kinds ?? [], sale.person)
  const chosen = choices.find((choice) => isChosen(choice, sale.insured, sale.purchaseType))
  useKeys({ level: 10, modal: false, keys: { Escape: () => till.store.set({ panel: 'none' }), F4: () => till.store.set({ panel: 'none' }) } })
  return (
    <div className="purchase-list" data-testid="purchase-list">
      <Choices
        level={11}
        testid="purchase"
        {...(chosen === undefined ? {} : { initial: idOf(chosen) })}
        choices={choices.map((choice) => ({
          id: idOf(choice),
          label: choice === 'self-paid' ? t('purchase.self-paid') : nameOf('purchaseKind', choice.kind),
          aside: choice === 'self-paid' ? '' : (choice.diseaseName ?? ''),
        }))}
        onChoose={(id) => {
          const choice = choices.find((other) => idOf(other) === id)
          if (choice !== undefined) void choosePurchase(till, choice)
        }}
      />
    </div>
  )
}
