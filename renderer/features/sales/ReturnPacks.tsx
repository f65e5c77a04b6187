import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorDetail, ReturnCheck, ReturnRefusal, Sale } from '../../../electron/contract/index.ts'
import { formatQuantity } from '../../../electron/domain/amounts.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { attempt } from '../../till/till.ts'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useKeys, useScan, useTill, useTillState } from '../../ui/tools.ts'
import { markOf, scansWanted, toggleDamaged } from '../../view/return-packs.ts'
import type { Brought, PackMark } from '../../view/return-packs.ts'

const MARKS: Readonly<Record<PackMark, string>> = { sellable: '✓', damaged: '!', unscannable: '!', waiting: '○', 'no-scan': '·' }

interface Props {
  readonly sale: Sale
  readonly check: ReturnCheck
  readonly onDone: (brought: Brought, unscannableReason: string) => void
}

/** Every pack is held under the scanner before anything goes back on the shelf; what is opened, damaged or unreadable is said here and locked. */
export const ReturnPacks = ({ sale, check, onDone }: Props): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const sentence = useSentence()
  const isManager = useTillState((state) => state.staff?.role === 'manager')
  const [brought, setBrought] = useState<Brought>(new Map())
  const [index, setIndex] = useState(0)
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<{ readonly reason: ReturnRefusal; readonly detail: ErrorDetail } | null>(null)
  const [why, setWhy] = useState('')
  const [asking, setAsking] = useState(false)
  const { packs } = check
  const at = Math.min(index, Math.max(0, packs.length - 1))
  const chosen = packs[at]
  const { done, all } = scansWanted(check, brought)
  const complete = done === all
  const refuse = (reason: ReturnRefusal, detail: ErrorDetail = {}): void => {
    setProblem({ reason, detail })
    till.play(reason === 'scanned-already' ? 'own-repeat' : 'stop')
  }
  const look = (raw: string): void => {
    setTyped('')
    void attempt(till, async () => {
      const found = await till.core.query('sale.checkReturnPack', { saleId: sale.saleId, raw })
      const { code } = found
      if (code === null) return refuse(found.refusal?.reason ?? 'not-a-pack', found.refusal?.detail ?? {})
      setIndex(packs.findIndex((pack) => pack.code === code))
      setBrought((before) => (before.has(code) ? before : new Map([...before, [code, 'sellable']])))
      if (brought.has(code)) return refuse('scanned-already')
      setProblem(null)
      till.play('ok')
    })
  }
  useScan(look)
  const damaged = (): void => {
    if (chosen !== undefined) setBrought(toggleDamaged(chosen, brought))
  }
  const unscannable = (): void => {
    if (!isManager) return refuse('needs-manager')
    if (chosen !== undefined && markOf(chosen, brought) === 'waiting') setAsking(true)
  }
  const enter = (): void => {
    if (asking) {
      if (why.trim().length < 2 || chosen === undefined) return
      setBrought(new Map([...brought, [chosen.code, 'unscannable']]))
      setAsking(false)
      setProblem(null)
      return
    }
    if (typed.trim() !== '') return look(typed)
    if (complete) onDone(brought, why)
    else refuse('packs-missing', { missing: all - done })
  }
  const move = (by: number): void => setIndex(Math.min(Math.max(0, at + by), Math.max(0, packs.length - 1)))
  useKeys({
    level: 21,
    modal: false,
    keys: {
      Enter: enter,
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      F4: damaged,
      F6: unscannable,
      Escape: () => {
        if (!asking && typed === '') return false
        setAsking(false)
        setTyped('')
        return true
      },
    },
    // The number printed beside a code that the scanner does not take.
    typed: (text) => {
      if (asking) return false
      setTyped(typed + text)
      return true
    },
  })
  const said = problem === null ? null : sentence('return', problem.reason, problem.detail)
  return (
    <div data-testid="return-packs" data-done={done} data-all={all}>
      <div className="return-head">
        <b>{all === 0 ? t('return.no-scan') : t('return.scan')}</b>
        <b className="num">{t('return.progress', { done, all })}</b>
      </div>
      {said === null ? null : (
        <p className="return-problem" role="alert" data-testid="return-problem" data-code={problem?.reason}>
          <b>{said.word}</b>
          {said.text} · {said.action}
        </p>
      )}
      <ul className="return-packs">
        {packs.map((pack, position) => {
          const mark = markOf(pack, brought)
          return (
            <li
              key={`${pack.lineId}-${pack.code}`}
              className={`return-pack is-${mark}${position === at ? ' is-selected' : ''}`}
              data-testid="return-pack"
              data-mark={mark}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => setIndex(position)}
            >
              <span className="return-mark">{MARKS[mark]}</span>
              <span className="num clip">{pack.code}</span>
              <span className="clip">
                {pack.drugName} <span className="dim num">{pack.lotNumber}</span>
                {pack.units === null ? '' : ` ${t('return.units', { count: Number(formatQuantity(pack.units)) })}`}
              </span>
              <span className="return-state">{mark === 'waiting' ? t('return.not-yet') : mark === 'no-scan' ? t('return.no-scan') : nameOf('returnedAs', mark)}</span>
            </li>
          )
        })}
      </ul>
      {check.uncodedPacks === 0 ? null : <p className="return-note">{t('return.uncoded', { count: check.uncodedPacks })}</p>}
      <p className="return-note">{t('return.locked-note')}</p>
      {asking ? <Field label={t('return.why-unscannable')} value={why} onChange={setWhy} autoFocus maxLength={200} hint={t('return.why-hint')} testid="return-unscannable-why" /> : null}
      {!asking && typed !== '' ? <Field label={t('return.type')} value={typed} onChange={setTyped} autoFocus maxLength={200} hint={t('return.type-hint')} testid="return-typed" /> : null}
      <div className="return-keys">
        <KeyButton name="Enter" label={t('return.next')} next={complete} disabled={!complete && !asking && typed === ''} onPress={enter} testid="return-next" />
        <KeyButton
          name="F4"
          label={chosen !== undefined && brought.get(chosen.code) === 'damaged' ? t('return.whole') : t('return.damaged')}
          disabled={chosen === undefined || chosen.units !== null || markOf(chosen, brought) === 'waiting'}
          onPress={damaged}
          testid="return-damaged"
        />
        <KeyButton name="F6" label={isManager ? t('return.unscannable') : t('return.manager-only')} disabled={!isManager} onPress={unscannable} testid="return-unscannable" />
      </div>
    </div>
  )
}
