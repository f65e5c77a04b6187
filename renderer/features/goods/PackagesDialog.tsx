import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryCarton } from '../../../electron/contract/index.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useScan } from '../../ui/tools.ts'
import { CartonDialog } from './CartonDialog.tsx'

interface Props {
  readonly cartons: readonly DeliveryCarton[]
  readonly missing: readonly string[]
  readonly onClose: () => void
}

/** Cartons and inner packs of a delivery, and the packs that have not come. Enter, or a scan, shows what is in one. */
export const PackagesDialog = ({ cartons, missing, onClose }: Props): ReactNode => {
  const { t } = useTranslation()
  const [index, setIndex] = useState(0)
  const [open, setOpen] = useState<string | null>(null)
  useScan(setOpen)
  const at = Math.min(index, Math.max(0, cartons.length - 1))
  const show = (): void => setOpen(cartons[at]?.code ?? null)
  const go = (to: number): void => setIndex(Math.min(cartons.length - 1, Math.max(0, to)))
  if (open !== null) return <CartonDialog code={open} onClose={() => setOpen(null)} />
  return (
    <Dialog
      title={t('goods.packages')}
      width={900}
      onClose={onClose}
      keys={{ F6: onClose, Enter: show, ArrowUp: () => go(at - 1), ArrowDown: () => go(at + 1) }}
      testid="packages"
      footer={
        <>
          <KeyButton name="Enter" label={t('goods.show-carton')} disabled={cartons.length === 0} onPress={show} testid="packages-open" />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <div className="packages">
        <section>
          <h3>{t('goods.cartons', { count: cartons.length })}</h3>
          <ul data-testid="packages-cartons">
            {cartons.map(({ code, level, packs, received, openedAt }, position) => (
              <li
                key={code}
                aria-selected={position === at}
                className={position === at ? 'is-selected' : ''}
                ref={(element) => {
                  if (position === at) element?.scrollIntoView({ block: 'nearest' })
                }}
                onClick={() => (position === at ? show() : setIndex(position))}
              >
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
