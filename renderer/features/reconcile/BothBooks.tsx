import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fen, ReconcileDifference } from '../../../electron/contract/index.ts'
import { Money } from '../../ui/Money.tsx'

export const useLanguage = (): 'zh' | 'en' => (useTranslation().i18n.language === 'en' ? 'en' : 'zh')

const Amount = ({ fen, unlike }: { readonly fen: Fen | null | undefined; readonly unlike: boolean }): ReactNode =>
  fen === null || fen === undefined ? <span className="dim">—</span> : <Money fen={fen} className={unlike ? 'is-off' : ''} />

/** Ours and theirs in two columns; what is not the same is marked. */
export const BothBooks = ({ difference }: { readonly difference: ReconcileDifference }): ReactNode => {
  const { t } = useTranslation()
  const { ours, theirs } = difference
  const rows = [['total', 'totalFen'], ['fund', 'fundFen'], ['account', 'accountFen']] as const
  return (
    <table className="both-books" data-testid="both-books">
      <thead>
        <tr><th /><th>{t('reconcile.ours')}</th><th>{t('reconcile.theirs')}</th></tr>
      </thead>
      <tbody>
        {rows.map(([label, field]) => {
          const [one, other] = [ours?.[field] ?? null, theirs?.[field] ?? null]
          const unlike = one !== null && other !== null && Math.abs(one) !== Math.abs(other)
          return (
            <tr key={field}>
              <th>{t(`reconcile.${label}`)}</th>
              <td><Amount fen={one} unlike={unlike} /></td>
              <td><Amount fen={other} unlike={unlike} /></td>
            </tr>
          )
        })}
        <tr>
          <th>{t('reconcile.number')}</th>
          <td className="num">{ours?.setlId || '—'}</td>
          <td className="num">{theirs?.setlId || '—'}</td>
        </tr>
      </tbody>
    </table>
  )
}
