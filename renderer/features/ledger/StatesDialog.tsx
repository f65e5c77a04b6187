import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PackState } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'

const isState = (id: string): id is PackState => (PackState.options as readonly string[]).includes(id)

/** Which states the list shows: a digit marks one, again unmarks it. */
export const StatesDialog = ({ states, onChoose, onClose }: { readonly states: readonly PackState[]; readonly onChoose: (states: readonly PackState[]) => void; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const toggle = (id: string): void => {
    if (id === 'all') onChoose([])
    else if (isState(id)) onChoose(states.includes(id) ? states.filter((other) => other !== id) : [...states, id])
  }
  return (
    <Dialog title={t('ledger.states-title')} width={420} onClose={onClose} testid="states" footer={<KeyButton name="Escape" label={t('ledger.states-done')} onPress={onClose} />}>
      <Choices
        level={21}
        testid="state"
        choices={[...PackState.options.map((state) => ({ id: state, label: nameOf('packState', state), aside: states.includes(state) ? '✓' : '' })), { id: 'all', label: t('ledger.states-all'), aside: states.length === 0 ? '✓' : '' }]}
        onChoose={toggle}
      />
    </Dialog>
  )
}
