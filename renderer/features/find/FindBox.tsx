import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '@tanstack/react-query'
import type { Drug, DrugId } from '../../../electron/contract/index.ts'
import { addDrug } from '../../till/current-sale.ts'
import { pickDrug } from '../../till/scanning.ts'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useKeys, useTill, useTillState } from '../../ui/tools.ts'
import { FoundDrugs } from './FoundDrugs.tsx'

/** F2, or any letter typed at the screen. Ours, because a list that takes the input method's Enter puts the wrong drug into a sale. */
export const FindBox = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const open = useTillState((state) => state.panel === 'find')
  return (
    <section className={`find${open ? ' is-open' : ''}`} data-testid="find">
      {open ? (
        <OpenFind />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="find-closed"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => till.store.set({ panel: 'find', findText: '', picking: null })}
        >
          <KeyCap name="F2" />
          <span>{t('find.closed')}</span>
        </button>
      )}
    </section>
  )
}

const NOBODY: readonly DrugId[] = []
/** The drugs that a code may be, as the list shows drugs. */
const useDrugs = (drugIds: readonly DrugId[]): readonly Drug[] => {
  const till = useTill()
  const { data } = useQuery({
    queryKey: ['once', 'candidates', drugIds],
    queryFn: () => Promise.all(drugIds.map(async (drugId) => (await till.core.query('drug.getDrug', { drugId })).drug)),
    enabled: drugIds.length > 0,
  })
  return data ?? []
}

const OpenFind = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const initial = useTillState((state) => state.findText)
  const picking = useTillState((state) => state.picking)
  const candidates = useDrugs(picking?.candidates ?? NOBODY)
  const [text, setText] = useState(initial)
  const [index, setIndex] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  // Half a syllable of an input method is nothing to look for.
  const [composing, setComposing] = useState(false)
  const [wanted, setWanted] = useState(initial)
  useEffect(() => {
    if (!composing) setWanted(text.trim())
  }, [text, composing])
  const { data } = useCoreQuery('drug.searchDrugs', { text: wanted, limit: 30 }, { enabled: wanted !== '', keep: true })
  const groups = wanted === '' ? candidates.map((drug) => ({ genericName: drug.genericName, drugs: [drug] })) : (data?.groups ?? [])
  const found = groups.flatMap((group) => group.drugs)
  const at = Math.min(index, Math.max(0, found.length - 1))

  useEffect(() => {
    input.current?.focus()
    input.current?.setSelectionRange(initial.length, initial.length)
  }, [initial])
  const close = (): void => till.store.set({ panel: 'none', findText: '', picking: null })
  const pick = (drug: Drug | undefined): void => {
    // Enter on a list that is older than the text would take a drug that nobody saw.
    if (drug === undefined || composing || (wanted !== '' && data?.searched.trim() !== wanted)) return
    if (picking !== null) return pickDrug(till, drug.drugId)
    close()
    void addDrug(till, drug.drugId)
  }
  const move = (by: number): void => setIndex(Math.min(Math.max(0, at + by), Math.max(0, found.length - 1)))
  useKeys({
    level: 10,
    modal: false,
    keys: {
      Enter: () => pick(found[at]),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      PageDown: () => move(8),
      PageUp: () => move(-8),
      Escape: () => {
        if (text === '') close()
        else setText('')
      },
      F2: () => input.current?.select(),
    },
  })
  return (
    <>
      <KeyCap name="F2" />
      <input
        ref={input}
        className="find-input"
        data-testid="find-input"
        value={text}
        maxLength={80}
        autoComplete="off"
        spellCheck={false}
        placeholder={t(picking === null ? 'find.placeholder' : 'find.pick-placeholder')}
        aria-label={t('find.closed')}
        onChange={(event) => {
          setText(event.target.value)
          setIndex(0)
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      />
      <span className="find-keys">
        <KeyCap name="ArrowUp" />
        <KeyCap name="ArrowDown" />
        <KeyCap name="Enter" />
        {t(picking === null ? 'find.add' : 'find.pick')} <KeyCap name="Escape" />
        {t('find.close')}
      </span>
      {(wanted !== '' && data === undefined) || (wanted === '' && groups.length === 0) ? null : (
        <FoundDrugs
          groups={groups}
          selected={found[at]?.drugId ?? null}
          searched={data?.searched ?? ''}
          nearest={data?.nearest ?? []}
          onPick={pick}
          onNearest={(name) => setText(name)}
        />
      )}
    </>
  )
}
