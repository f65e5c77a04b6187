import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MappedDrug } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'

interface Props {
  readonly onDo: () => void
  readonly onClose: () => void
}

const Ask = ({ title, label, testid, onDo, onClose, children }: Props & { readonly title: string; readonly label: string; readonly testid: string; readonly children: ReactNode }): ReactNode => {
  const { t } = useTranslation()
  return (
    <Dialog
      title={title}
      onClose={onClose}
      keys={{ Enter: onDo }}
      testid={testid}
      footer={
        <>
          <KeyButton name="Enter" label={label} next onPress={onDo} testid={`${testid}-do`} />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      {children}
    </Dialog>
  )
}

export const ReadyDialog = ({ count, ...rest }: Props & { readonly count: number }): ReactNode => {
  const { t } = useTranslation()
  return (
    <Ask title={t('mapping.ready-title')} label={t('mapping.ready-do')} testid="mapping-ready" {...rest}>
      <p className="dialog-lead">{t('mapping.ready-lead', { count })}</p>
    </Ask>
  )
}

export const WithdrawDialog = ({ drug, ...rest }: Props & { readonly drug: MappedDrug }): ReactNode => {
  const { t } = useTranslation()
  return (
    <Ask title={t('mapping.withdraw-title')} label={t('mapping.withdraw-do')} testid="mapping-withdraw-dialog" {...rest}>
      <p className="dialog-lead">
        <b>{drug.name}</b> {drug.spec} · <span className="num">{drug.nationalCode}</span>
      </p>
      <p>{t('mapping.withdraw-lead')}</p>
    </Ask>
  )
}

/** What differs is said before anybody says that it is the same. */
export const SameDialog = ({ drug, ...rest }: Props & { readonly drug: MappedDrug }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <Ask title={t('mapping.same-title')} label={t('mapping.same-do')} testid="mapping-same" {...rest}>
      <p className="dialog-lead">
        <b>{drug.name}</b> {drug.spec} · {drug.differences.map((difference) => nameOf('mappingDifference', difference)).join(' · ')}
      </p>
      <p>{t('mapping.same-lead')}</p>
    </Ask>
  )
}
