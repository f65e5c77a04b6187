import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CodeLink, LinkTrace } from '../../../electron/contract/index.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { ReasonForm } from '../sale-dialogs/ReasonForm.tsx'

interface Props {
  readonly link: CodeLink
  readonly trace: LinkTrace
  readonly onReason: (reason: string) => void
  readonly onClose: () => void
}

/** Nothing is revoked before a reason is given, and before it is said what follows. */
export const RevokeDialog = ({ link, trace, onReason, onClose }: Props): ReactNode => {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('map.revoke-title')}
      onClose={onClose}
      testid="revoke-dialog"
      footer={<KeyButton name="Escape" label={t('common.back')} onPress={onClose} />}
    >
      <p className="dialog-lead">
        <b className="num">{link.value}</b> → <b>{link.drugName}</b> {link.spec}
      </p>
      <p className="dialog-lead">{t('map.revoke-lead', { shelf: trace.onShelf, sold: trace.sold })}</p>
      <ReasonForm level={20} reasons={['link-wrong-item', 'link-wrong-level', 'link-corrected']} onReason={onReason} />
    </Dialog>
  )
}
