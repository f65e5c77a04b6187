import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryCarton } from '../../../electron/contract/index.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'

interface Props {
  readonly cartons: readonly DeliveryCarton[]
  readonly missing: readonly string[]
  readonly onClose: () => void
}

/** Cartons and inner packs of a delivery, and the packs that have not come. */
export const PackagesDialog = ({ cartons, missing, onClose }: Props): ReactNode => {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('goods.packages')}
      width={900}
      onClose={onClose}
      keys={{ F6: onClose, Enter: onClose }}
      testid="packages"
      footer={<KeyButton name="Escape" label={t('common.back')} onPress={onClose} />}
    >
      <div className="packages">
        <section>
          <h3>{t('goods.cartons', { count: cartons.length })}</h3>
          <ul data-testid="packages-cartons">
            {cartons.map(({ code, level, packs, received, openedAt }) => (
              <li key={code}>
                <span>{t(level > 2 ? 'goods.level-3' : 'goods.level-2')}</span>
                <b className="num">{code}</b>
                <span className={`num${received < packs ? ' is-off' : ''}`}>
                  {received}/{packs}
                </span>
                <span className="dim">{openedAt === null ? '' : t('goods.opened')}</span>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{t('goods.missing-packs', { count: missing.length })}</h3>
          <ul data-testid="packages-missing">
            {missing.map((code) => (
              <li key={code}>
                <span className="num">{code}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  )
}
