import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSentence } from '../../i18n/sentences.ts'
import type { Heard } from './use-goods-scan.ts'

/** What was scanned one after the other, the last first. */
export const ScanList = ({ heard }: { readonly heard: readonly Heard[] }): ReactNode => {
  const { t } = useTranslation()
  const sentence = useSentence()
  return (
    <section className="pane scan-list" data-testid="scan-list">
      <h3>{t('goods.scans')}</h3>
      <ol>
        {heard.map(({ scan, nth }) => (
          <li key={nth} className={scan.outcome === 'accept' ? '' : 'is-loud'}>
            <span className="num dim">{nth}</span>
            <b>{sentence('goods', scan.reason, scan.detail).word}</b>
            <span className="scan-what">{scan.drugName ?? ''}</span>
            <span className="num">{scan.packs.received + scan.packs.found || ''}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
