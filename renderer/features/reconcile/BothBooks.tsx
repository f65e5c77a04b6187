import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cure, Fen, ReconcileDifference } from '../../../electron/contract/index.ts'
import { cureWords, differenceWords } from '../../../electron/domain/reconcile/words.ts'
import { narrowApostrophes } from '../../i18n/apostrophes.ts'
import { Money } from '../../ui/Money.tsx'

export const useLanguage = (): 'zh' | 'en' => (useTranslation().i18n.language === 'en' ? 'en' : 'zh')

const narrow = <T extends object>(words: T): T => Object.fromEntries(Object.entries(words).map(([key, text]) => [key, narrowApostrophes(text as string)])) as T
/** The domain's words for kinds and cures, in the page's language. */
export const useReconcileWords = (): { readonly of: (kind: ReconcileDifference['kind']) => ReturnType<typeof differenceWords>; readonly cure: (cure: Cure) => ReturnType<typeof cureWords> } => {
  const language = useLanguage()
  return { of: (kind) => narrow(differenceWords(kind, language)), cure: (cure) => narrow(cureWords(cure, language)) }
}

const Amount = ({ fen, unlike }: { readonly fen: Fen | null | undefined; readonly unlike: boolean }): ReactNode =>
  fen === null || fen === undefined ? <span className="dim">—</span> : <Money fen={fen} className={unlike ? 'is-off' : ''} />

/** Ours and theirs in two columns; what is not the same is marked. */
export const BothBooks = ({ difference }: { readonly difference: ReconcileDifference }): ReactNode => {
  const { t } = useTranslation()
  const { ours, theirs } = difference
  const rows = [['total', 'totalFen'], ['fund', 'fundFen'], ['account', 'accountFen'], ['cash', 'cashFen']] as const
  return (
    <table className="both-books" data-testid="both-books">
      <thead>
        <tr><th /><th>{ours?.trial === true ? t('reconcile.ours-trial') : t('reconcile.ours')}</th><th>{t('reconcile.theirs')}</th></tr>
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
