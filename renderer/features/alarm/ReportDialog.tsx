import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../../../electron/contract/index.ts'
import { speakScreen } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'

/** The text for the bureau: read, copied, printed. It stands in a field, so that a keyboard can mark and copy it too. */
export const ReportDialog = ({ alarm, onClose }: { readonly alarm: Alarm; readonly onClose: () => void }): ReactNode => {
  const { t, i18n } = useTranslation()
  const till = useTill()
  const field = useRef<HTMLTextAreaElement>(null)
  const { data } = useCoreQuery('alarm.getReport', { alarmId: alarm.alarmId }, { live: true, keep: true })
  const text = data === undefined ? '' : i18n.language === 'en' ? data.en : data.zh
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
      title={t('alarm.do-report')}
      width={860}
      onClose={onClose}
      keys={{ Enter: copy, F9: () => window.print() }}
      testid="alarm-report"
      footer={
        <>
          <KeyButton name="Enter" label={t('alarm.copy')} next onPress={copy} testid="alarm-copy" />
          <KeyButton name="F9" label={t('alarm.print')} onPress={() => window.print()} testid="alarm-print" />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <textarea ref={field} className="report-text" readOnly value={text} rows={22} data-testid="alarm-report-text" aria-label={t('alarm.do-report')} />
      <pre className="report-print" aria-hidden="true">
        {text}
      </pre>
    </Dialog>
  )
}
