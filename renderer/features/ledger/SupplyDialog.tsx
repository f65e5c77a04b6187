import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NationalDrugCode } from '../../../electron/contract/index.ts'
import type { Staff, UploadFix } from '../../../electron/contract/index.ts'
import { parseDate } from '../../../electron/domain/calendar.ts'
import { attempt } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'

/** What the platform requires and only a paper can say. */
export const SupplyDialog = ({ fix, onClose }: { readonly fix: UploadFix; readonly onClose: () => void }): ReactNode => {
  if (fix.action === 'supply-licence') return <LicenceDialog onClose={onClose} />
  return fix.action === 'supply-national-code' ? <NationalCodeDialog fix={fix} onClose={onClose} /> : <DateDialog fix={fix} onClose={onClose} />
}

const NationalCodeDialog = ({ fix, onClose }: { readonly fix: UploadFix; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState('')
  const code = NationalDrugCode.safeParse(text.trim().toUpperCase())
  const { drugId } = fix
  const submit = (): void => {
    if (!code.success || drugId === null) return
    void attempt(till, () => till.core.command('trace.supplyNationalCode', { drugId, nationalCode: code.data })).then(onClose)
  }
  return (
    <Dialog
      title={t('ledger.fix-supply-national-code')}
      width={560}
      onClose={onClose}
      keys={{ Enter: submit }}
      testid="supply-national-code"
      footer={
        <>
          <KeyButton name="Enter" label={t('ledger.supply')} next={code.success} disabled={!code.success} onPress={submit} />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <Field label={t('ledger.national-code')} value={text} onChange={setText} autoFocus maxLength={23} hint={t('ledger.national-code-hint')} testid="national-code" />
    </Dialog>
  )
}

const DateDialog = ({ fix, onClose }: { readonly fix: UploadFix; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState('')
  const date = parseDate(text.trim())
  const { lotId } = fix
  const submit = (): void => {
    if (date === null || lotId === null) return
    void attempt(till, () => till.core.command('trace.supplyLotDate', { lotId, lotManufacturedOn: date })).then(onClose)
  }
  return (
    <Dialog
      title={t('ledger.fix-supply-date')}
      width={560}
      onClose={onClose}
      keys={{ Enter: submit }}
      testid="supply-date"
      footer={
        <>
          <KeyButton name="Enter" label={t('ledger.supply')} next={date !== null} disabled={date === null} onPress={submit} />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <Field label={t('uploads.manufactured-on')} value={text} onChange={setText} numeric autoFocus maxLength={10} hint={t('uploads.manufactured-hint')} testid="manufactured-on" />
    </Dialog>
  )
}

const LicenceDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { data } = useCoreQuery('session.listStaff', {})
  const [whose, setWhose] = useState<Staff | null>(null)
  const [text, setText] = useState('')
  const submit = (): void => {
    if (whose === null || text.trim().length < 4) return
    void attempt(till, () => till.core.command('trace.supplyLicence', { staffId: whose.staffId, licenceNumber: text.trim() })).then(onClose)
  }
  const pharmacists = (data ?? []).filter(({ role }) => role === 'pharmacist')
  return (
    <Dialog
      title={t('ledger.fix-supply-licence')}
      width={560}
      onClose={onClose}
      keys={whose === null ? {} : { Enter: submit }}
      testid="supply-licence"
      footer={
        <>
          <KeyButton name="Enter" label={t('ledger.supply')} next onPress={submit} />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      {whose === null ? (
        <Choices
          level={21}
          testid="pharmacist"
          choices={pharmacists.map((person) => ({ id: person.staffId, label: person.name, aside: person.staffId }))}
          onChoose={(id) => setWhose(pharmacists.find((person) => person.staffId === id) ?? null)}
        />
      ) : (
        <Field label={t('ledger.licence')} value={text} onChange={setText} autoFocus maxLength={50} hint={t('ledger.licence-hint')} testid="licence-number" />
      )}
    </Dialog>
  )
}
