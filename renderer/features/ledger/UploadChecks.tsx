import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaleId, UploadCheck, UploadFix } from '../../../electron/contract/index.ts'
import { checkNames } from '../../../electron/domain/sentences/upload-checks.ts'
import { firstToLookAt } from '../../../electron/domain/trace/upload-checks.ts'
import { useSentence } from '../../i18n/sentences.ts'
import { goSeeSale } from '../../till/go-see.ts'
import { attempt, goTo } from '../../till/till.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useKeys, useTill } from '../../ui/tools.ts'
import { SupplyDialog } from './SupplyDialog.tsx'

interface Props {
  readonly code: string
  readonly onScan: (code: string) => void
  readonly onBack: () => void
}

const MARKS = { pass: '✓', fail: '✕', waits: '…', 'not-needed': '–' } as const

/** 为什么没上传: ten checks, each passed or not, and what ends it on one key. */
export const UploadChecks = ({ code, onScan, onBack }: Props): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [saleId, setSaleId] = useState<SaleId | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [supplying, setSupplying] = useState<UploadFix | null>(null)
  const { data: story, refetch } = useCoreQuery('trace.explainUpload', { code, saleId }, { live: true, keep: true })
  const checks = story?.checks ?? []
  const first = firstToLookAt(checks)
  // What needs a person moves on when it was mended: so does the selection.
  useEffect(() => setChosen(null), [first])
  const at = chosen ?? Math.max(0, first)
  const fix = checks[at]?.fix ?? null
  const move = (by: number): void => setChosen((at + by + checks.length) % Math.max(1, checks.length))
  const after = (work: Promise<unknown>): void => {
    void work.then(() => refetch())
  }
  const mend = (): void => {
    if (fix === null) return
    switch (fix.action) {
      case 'supply-date':
      case 'supply-national-code':
      case 'supply-licence':
        setSupplying(fix)
        return
      case 'retry':
        after(attempt(till, () => till.core.command('outbox.retryItem', { outboxId: fix.outboxId ?? '' })).then(() => attempt(till, () => till.core.command('outbox.runNow', {}))))
        return
      case 'run-now':
        after(attempt(till, () => till.core.command('outbox.runNow', {})))
        return
      case 'open-sale':
        goSeeSale(till, fix.receiptNumber ?? '')
        return
      case 'explain-earlier':
        setSaleId(fix.saleId)
        return
      case 'open-map':
        goTo(till, 'map')
    }
  }
  const back = (): void => {
    if (saleId === null) onBack()
    else setSaleId(null)
  }
  useKeys({
    level: 1,
    modal: false,
    keys: { ArrowUp: () => move(-1), ArrowDown: () => move(1), Enter: mend },
    typed: (text) => {
      const index = /^\d$/.test(text) ? (Number(text) + 9) % 10 : -1
      if (index < 0 || index >= checks.length) return false
      setChosen(index)
      return true
    },
  })
  return (
    <Page
      title={t(story?.about === 'return' ? 'ledger.why-return-title' : 'ledger.why-title')}
      testid="why-page"
      keys={{ Escape: back, F9: () => after(attempt(till, () => till.core.command('outbox.runNow', {}))) }}
      onScan={onScan}
      back={{ label: t('common.back'), run: back }}
      aside={
        story === undefined ? null : (
          <p className="why-subject">
            <b>{story.drugName ?? t('ledger.no-drug')}</b> <span className="num">{story.code}</span> {story.receiptNumber === null ? '' : <span className="num dim">{`${t('totals.receipt')} ${story.receiptNumber}`}</span>}
          </p>
        )
      }
      footer={
        <>
          <KeyButton name="Enter" label={fix === null ? t('ledger.fix-none') : t(`ledger.fix-${fix.action}`)} next={fix !== null} disabled={fix === null} onPress={mend} testid="why-fix" />
          <KeyButton name="F9" label={t('uploads.run-now')} onPress={() => after(attempt(till, () => till.core.command('outbox.runNow', {})))} />
        </>
      }
    >
      <ol className="checks" data-testid="checks">
        {checks.map((check, index) => (
          <CheckRow key={check.name} check={check} position={index} selected={index === at} onSelect={() => setChosen(index)} />
        ))}
      </ol>
      {supplying === null ? null : (
        <SupplyDialog
          fix={supplying}
          onClose={() => {
            setSupplying(null)
            after(attempt(till, () => till.core.command('outbox.runNow', {})))
          }}
        />
      )}
    </Page>
  )
}

const CheckRow = ({ check, position, selected, onSelect }: { readonly check: UploadCheck; readonly position: number; readonly selected: boolean; readonly onSelect: () => void }): ReactNode => {
  const { t, i18n } = useTranslation()
  const sentence = useSentence()
  const said = sentence('check', check.reason, check.detail)
  return (
    <li
      className={`check is-${check.result}${selected ? ' is-selected' : ''}`}
      data-testid={`check-${check.name}`}
      data-result={check.result}
      data-reason={check.reason}
      aria-selected={selected}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onSelect}
    >
      <KeyCap name={String((position + 1) % 10)} />
      <span className="check-mark" aria-hidden="true">
        {MARKS[check.result]}
      </span>
      <b className="check-name">{checkNames[check.name][i18n.language === 'en' ? 1 : 0]}</b>
      <span className={`status check-result is-check-${check.result}`}>{t(`ledger.result-${check.result}`)}</span>
      <span className="check-said">
        {said.text}
        {said.action === '' ? null : <span className="check-action"> · {said.action}</span>}
      </span>
      <span className="check-fix">{check.fix === null ? '' : t(`ledger.fix-${check.fix.action}`)}</span>
    </li>
  )
}
