import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'

/** One carton or inner pack: where it is from, who opened it, what is in it and what became of that. */
export const CartonDialog = ({ code, onClose }: { readonly code: string; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const { data, error } = useCoreQuery('goods.showCarton', { raw: code })
  return (
    <Dialog
      title={
        <>
          {data === undefined ? '' : t(data.level > 2 ? 'goods.level-3' : 'goods.level-2')} <span className="num dim">{data?.code ?? ''}</span>
        </>
      }
      width={720}
      onClose={onClose}
      keys={{ Enter: onClose }}
      testid="carton"
      footer={<KeyButton name="Escape" label={t('common.back')} onPress={onClose} />}
    >
      {error === null ? null : <p className="dim">{t('goods.no-carton')}</p>}
      {data === undefined ? null : (
        <>
          <dl className="facts">
            <dt>{t('goods.drug')}</dt>
            <dd>{data.drugName}</dd>
            <dt>{t('goods.received')}</dt>
            <dd className="num">
              {data.received} / {data.packs}
            </dd>
            <dt>{t('goods.told-in')}</dt>
            <dd>
              {t(data.source === 'delivery' ? 'goods.source-delivery' : 'goods.source-platform')} <span className="num dim">{instantToLocal(data.toldAt).slice(0, 16)}</span>
            </dd>
            {data.within === null ? null : (
              <>
                <dt>{t('goods.within')}</dt>
                <dd className="num">{data.within}</dd>
              </>
            )}
            {data.openedAt === null ? null : (
              <>
                <dt>{t('goods.opened')}</dt>
                <dd>
                  {data.openedBy} <span className="num dim">{instantToLocal(data.openedAt).slice(0, 16)}</span>
                </dd>
              </>
            )}
          </dl>
          <ul className="carton-children" data-testid="carton-children">
            {data.children.map((child) => (
              <li key={child.code}>
                <span>{child.level > 1 ? t('goods.level-2') : t('goods.level-1')}</span>
                <b className="num">{child.code}</b>
                <span className="num">{child.level > 1 ? `${child.received}/${child.packs}` : ''}</span>
                <span className={child.state === null ? 'dim' : ''}>{child.state !== null ? nameOf('packState', child.state) : child.level > 1 ? '' : t('goods.state-new')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
