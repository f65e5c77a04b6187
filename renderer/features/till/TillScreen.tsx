import type { ReactNode } from 'react'
import { FindBox } from '../find/FindBox.tsx'
import { LineGrid } from '../lines/LineGrid.tsx'
import { PersonPanel } from '../person/PersonPanel.tsx'
import { PurchaseRow, openPurchase } from '../person/PurchaseRow.tsx'
import { PracticeDock } from '../practice/PracticeDock.tsx'
import { Totals } from '../totals/Totals.tsx'
import { VerdictArea } from '../verdict/VerdictArea.tsx'
import { applyDigits, askSplit, askVoidLine, moveSelection, stepQuantity, typeDigits } from '../../till/current-sale.ts'
import { askHold } from '../../till/holding.ts'
import { openClaim } from '../../till/claim.ts'
import { openPerson } from '../../till/person.ts'
import { scan } from '../../till/scanning.ts'
import { quote, settle } from '../../till/settling.ts'
import { answerWith } from '../../till/till.ts'
import { stepBack } from '../../till/step-back.ts'
import type { Till } from '../../till/till.ts'
import { useKeys, useScan, useTill, useTillState } from '../../ui/tools.ts'
import { KeyBar, SettleKeys } from './KeyBar.tsx'

/** Digits are a quantity, + and − one more or less, anything else looks for a drug. */
const onTyped = (till: Till, text: string): boolean => {
  const { says } = till.store.get().heard
  if ((text === '2' || text === '3') && says[0]?.answers.some((answer) => answer.key === text) === true) return answerWith(till, text)
  if (text === '+' || text === '-') {
    stepQuantity(till, text === '+' ? 1 : -1)
    return true
  }
  if (text === '/') {
    openClaim(till)
    return true
  }
  if (typeDigits(till, text)) return true
  if (text.trim() === '' || till.store.get().panel !== 'none') return false
  till.store.set({ panel: 'find', findText: text, digits: '', picking: null })
  return true
}

/** One screen, three questions: what did I scan, what is in this sale, what does the patient pay. */
export const TillScreen = (): ReactNode => {
  const till = useTill()
  const dock = useTillState((state) => state.practiceDock)
  useScan((text, via) => {
    void scan(till, text, via)
  })
  useKeys({
    level: 0,
    modal: false,
    keys: {
      F2: () => till.store.set({ panel: 'find', findText: '', digits: '', picking: null }),
      F3: () => answerWith(till, 'F3') || openPerson(till),
      F4: () => answerWith(till, 'F4') || openPurchase(till),
      F5: () => answerWith(till, 'F5') || askHold(till),
      F6: () => answerWith(till, 'F6') || till.store.set({ overlay: { kind: 'recall' } }),
      F7: () => answerWith(till, 'F7'),
      F8: () => quote(till),
      F9: () => settle(till),
      F11: () => askSplit(till),
      Delete: () => askVoidLine(till),
      ArrowUp: () => moveSelection(till, -1),
      ArrowDown: () => moveSelection(till, 1),
      PageUp: () => moveSelection(till, -8),
      PageDown: () => moveSelection(till, 8),
      Home: () => moveSelection(till, -999),
      End: () => moveSelection(till, 999),
      Enter: () => applyDigits(till) || answerWith(till, 'Enter'),
      Escape: () => stepBack(till),
      Backspace: () => till.store.set((state) => ({ digits: state.digits.slice(0, -1) })),
    },
    typed: (text) => onTyped(till, text),
  })
  return (
    <main className={`till${dock ? ' has-dock' : ''}`} data-testid="till">
      <VerdictArea />
      <FindBox />
      <LineGrid />
      {dock ? <PracticeDock /> : null}
      <aside className="side">
        <PersonPanel />
        <PurchaseRow />
        <Totals />
      </aside>
      <KeyBar />
      <SettleKeys />
    </main>
  )
}
