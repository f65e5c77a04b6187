import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shift, TenderMethod } from '../../../electron/contract/index.ts'
import { fen } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'
import { countedFen } from '../../view/counts.ts'
import type { Counts } from '../../view/counts.ts'
import { ClosedShift } from './ClosedShift.tsx'
import { CountTable } from './CountTable.tsx'
import { ShiftFacts } from './ShiftFacts.tsx'

const METHODS: readonly TenderMethod[] = ['cash', 'wechat', 'alipay', 'card']
/** Open in the morning, count in the evening: the drawer against the system, method by method. */
export const ShiftPage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { data } = useCoreQuery('shift.getCurrent', {}, { live: true })
  const [counts, setCounts] = useState<Counts>({})
  const [closed, setClosed] = useState<{ readonly shift: Shift; readonly unknownSales: number } | null>(null)
  const shift = data?.shift ?? null
  const all = METHODS.map((method) => ({ method, countedFen: countedFen(counts[method]) }))
  const ready = shift !== null && (counts.cash ?? '').trim() !== '' && all.every((entry) => entry.countedFen !== null)
  const close = (): void => {
    if (!ready) return
    void attempt(till, async () => {
      setClosed(
        await till.core.command('shift.closeShift', { counted: all.map(({ method, countedFen: counted }) => ({ method, countedFen: counted ?? fen(0) })) }),
      )
      setCounts({})
      till.play('ok')
      return null
    })
  }
  const open = (): void => till.store.set({ overlay: { kind: 'open-shift' } })
  return (
    <Page
      title={t('shift.title')}
      testid="shift-page"
      keys={{ F9: shift === null ? open : close }}
      footer={
        shift === null ? (
          <KeyButton name="F9" label={t('shift.open')} next onPress={open} testid="shift-open" />
        ) : (
          <KeyButton name="F9" label={t('shift.close')} next={ready} disabled={!ready} onPress={close} testid="shift-close" />
        )
      }
    >
      <div className="narrow">
        {closed === null ? null : <ClosedShift closed={closed} />}
        {shift === null ? (
          closed === null ? (
            <p className="empty">{t('shift.none')}</p>
          ) : null
        ) : (
          <>
            <ShiftFacts shift={shift} />
            <CountTable shift={shift} counts={counts} onChange={setCounts} />
          </>
        )}
      </div>
    </Page>
  )
}
