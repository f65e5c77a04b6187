import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_PHOTOS } from '../../../electron/contract/index.ts'
import type { Alarm } from '../../../electron/contract/index.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'
import { CloseForm } from './CloseForm.tsx'
import { MarkForm } from './MarkForm.tsx'
import { sendPicture, shrinkPicture } from './picture.ts'
import { ReportDialog } from './ReportDialog.tsx'
import { ReportedForm } from './ReportedForm.tsx'

const FORMS = ['mark', 'report', 'reported', 'close'] as const
type Form = (typeof FORMS)[number]
type Action = Form | 'photo' | 'ask'

/** What can be done with a set-aside pack, each on a digit. A picture pasted here is taken too. */
export const AlarmActions = ({ alarm, onClose }: { readonly alarm: Alarm; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const role = useTillState((state) => state.staff?.role)
  const [doing, setDoing] = useState<Form | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const open = alarm.status !== 'closed'

  const takePicture = (picture: Blob): void => {
    void attempt(till, async () => {
      await sendPicture(till.core, alarm.alarmId, await shrinkPicture(picture))
      return null
    }).then(onClose)
  }
  const latest = useRef(takePicture)
  latest.current = takePicture
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const [picture] = event.clipboardData?.files ?? []
      if (picture !== undefined && open) latest.current(picture)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [open])

  const ask = (): void => {
    void attempt(till, async () => {
      const { answer, sales } = await till.core.command('alarm.askPlatform', { code: alarm.code })
      speakScreen(till, 'notice', `country-${answer}`, {
        institution: sales.find((sale) => !sale.here)?.institution ?? '',
        at: sales.find((sale) => !sale.here)?.at ?? '',
      })
      return null
    }).then(onClose)
  }
  const choose = (action: Action): void => {
    switch (action) {
      case 'mark':
      case 'report':
      case 'reported':
      case 'close':
        return setDoing(action)
      case 'photo':
        return file.current?.click()
      case 'ask':
        return ask()
    }
  }
  const back = (): void => (doing === null ? onClose() : setDoing(null))
  if (doing === 'report') return <ReportDialog alarm={alarm} onClose={back} />
  const manager = role === 'manager'
  const choices = [
    ...(open ? [{ id: 'mark', label: t('alarm.do-mark') }] : []),
    ...(open
      ? [
          {
            id: 'photo',
            label: t('alarm.do-photo'),
            disabled: alarm.photos.length >= MAX_PHOTOS,
            aside: t('alarm.photo-count', { count: alarm.photos.length, most: MAX_PHOTOS }),
          },
        ]
      : []),
    { id: 'report', label: t('alarm.do-report') },
    ...(open ? [{ id: 'reported', label: t('alarm.do-reported'), disabled: role === 'cashier' }] : []),
    { id: 'ask', label: t('alarm.do-ask') },
    ...(open ? [{ id: 'close', label: t('alarm.do-close'), disabled: !manager, ...(manager ? {} : { aside: t('alarm.manager-only') }) }] : []),
  ]
  return (
    <Dialog
      title={
        <>
          {doing === null ? t('alarm.act') : t(`alarm.do-${doing}`)} <span className="num dim">…{alarm.code.slice(-6)}</span>
        </>
      }
      onClose={back}
      testid="alarm-actions"
      footer={<KeyButton name="Escape" label={t('common.back')} onPress={back} />}
    >
      <input
        ref={file}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
        hidden
        data-testid="alarm-file"
        onChange={(event) => {
          const [picture] = event.target.files ?? []
          if (picture !== undefined) takePicture(picture)
        }}
      />
      {doing === null ? (
        <>
          <Choices level={21} testid="alarm-action" choices={choices} onChoose={(id) => choose(id as Action)} />
          {open ? <p className="dim">{t('alarm.paste-hint')}</p> : null}
        </>
      ) : doing === 'mark' ? (
        <MarkForm alarm={alarm} onDone={onClose} />
      ) : doing === 'reported' ? (
        <ReportedForm alarm={alarm} onDone={onClose} />
      ) : (
        <CloseForm alarm={alarm} onDone={onClose} />
      )}
    </Dialog>
  )
}
