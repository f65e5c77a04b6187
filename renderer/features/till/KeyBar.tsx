import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { askSplit, askVoidLine, stepQuantity } from '../../till/current-sale.ts'
import { askHold } from '../../till/holding.ts'
import { lock } from '../../till/session.ts'
import { quote, settle } from '../../till/settling.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'
import { nextStep } from '../../view/next-step.ts'
import { goTo } from '../../till/till.ts'
import { stepBack } from '../../till/step-back.ts'
import { openPerson } from '../../till/person.ts'
import { openPurchase } from '../person/PurchaseRow.tsx'

/** Every action has a key, and every key its button. */
export const KeyBar = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { set } = till.store
  const next = nextStep(
    useTillState((state) => state.sale),
    useTillState((state) => state.waiting !== null),
  )
  return (
    <nav className="keybar" data-testid="keybar">
      <KeyButton name="F1" label={t('key.help')} onPress={() => set({ overlay: { kind: 'help' } })} testid="key-F1" />
      <KeyButton name="F2" label={t('key.find')} onPress={() => set({ panel: 'find', findText: '' })} testid="key-F2" />
      <KeyButton name="F3" label={t('key.person')} next={next === 'F3'} onPress={() => openPerson(till)} testid="key-F3" />
      <KeyButton name="F4" label={t('key.purchase')} onPress={() => openPurchase(till)} testid="key-F4" />
      <span className="key-gap" />
      <KeyButton name="F5" label={t('key.hold')} onPress={() => askHold(till)} testid="key-F5" />
      <KeyButton name="F6" label={t('key.recall')} onPress={() => set({ overlay: { kind: 'recall' } })} testid="key-F6" />
      <KeyButton name="F7" label={t('key.sales')} onPress={() => goTo(till, 'sales')} testid="key-F7" />
      <span className="key-gap" />
      <KeyButton name="Delete" label={t('key.void')} onPress={() => askVoidLine(till)} testid="key-Delete" />
      <KeyButton name="+ −" label={t('key.quantity')} onPress={() => stepQuantity(till, 1)} testid="key-quantity" />
      <KeyButton name="F11" label={t('key.split')} onPress={() => askSplit(till)} testid="key-F11" />
      <span className="key-gap" />
      <KeyButton name="F10" label={t('key.menu')} onPress={() => set({ overlay: { kind: 'menu' } })} testid="key-F10" />
      <KeyButton
        name="F12"
        label={t('key.lock')}
        onPress={() => {
          void lock(till)
        }}
        testid="key-F12"
      />
      <KeyButton name="Escape" label={t('common.back')} onPress={() => stepBack(till)} testid="key-Escape" />
    </nav>
  )
}

export const SettleKeys = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const sale = useTillState((state) => state.sale)
  const waiting = useTillState((state) => state.waiting !== null)
  const next = nextStep(sale, waiting)
  const pays = sale !== null && (!sale.insured || sale.status === 'due' || sale.status === 'closed')
  return (
    <nav className="settle-keys" data-testid="settle-keys">
      <KeyButton
        name="F8"
        label={t('key.trial')}
        next={next === 'F8'}
        disabled={waiting || sale?.insured !== true}
        onPress={() => quote(till)}
        testid="key-F8"
      />
      <KeyButton name="F9" label={pays ? t('key.pay') : t('key.settle')} next={next === 'F9'} disabled={waiting} onPress={() => settle(till)} testid="key-F9" />
    </nav>
  )
}
