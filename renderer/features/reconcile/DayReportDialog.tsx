import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReconcileDayView } from '../../../electron/contract/index.ts'
import { reconcileText } from '../../../electron/domain/reconcile/report-text.ts'
import { speakScreen } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill } from '../../ui/tools.ts'
import { useLanguage } from './BothBooks.tsx'

/** The day as a text: read, copied for the insurance office, printed for the file. */
export const DayReportDialog = ({ view, onClose }: { readonly view: ReconcileDayView; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const field = useRef<HTMLTextAreaElement>(null)
  const text = reconcileText(view, useLanguage())
  useEffect(() => field.current?.focus(), [])
  const copy = (): void => {
    field.current?.select()
    navigator.clipboard.writeText(text).then(
      () => speakScreen(till, 'notice', 'report-copied'),
      () => speakScreen(till, 'notice', 'report-not-copied'),
    )
  }
  return (
    <Dialog
      title={`${t('reconcile.report')} · ${view.day.date}`}
      width={860}
      onClose={onClose}
      keys={{ Enter: copy, F9: () => window.print() }}
      testid="day-report"
      footer={
        <>
          <KeyButton name="Enter" label={t('alarm.copy')} next onPress={copy} testid="day-report-copy" />
          <KeyButton name="F9" label={t('alarm.print')} onPress={() => window.print()} testid="day-report-print" />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <textarea ref={field} className="report-text" readOnly value={text} rows={20} data-testid="day-report-text" aria-label={t('reconcile.report')} />
      <pre className="report-print" aria-hidden="true">
        {text}
      </pre>
    </Dialog>
  )
}
