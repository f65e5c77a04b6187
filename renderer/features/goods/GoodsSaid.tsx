import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoodsScan } from '../../../electron/contract/index.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { splitSubject } from '../../view/split-subject.ts'
import { VerdictMark } from '../verdict/VerdictMark.tsx'
import type { Mark } from '../verdict/VerdictMark.tsx'
import type { Heard } from './use-goods-scan.ts'

const markOf = ({ outcome, sound }: GoodsScan): Mark => {
  if (sound === 'own-repeat') return 'repeat'
  if (outcome === 'refuse') return sound === 'wrong-step' ? 'step' : 'stop'
  return sound === 'stop' || sound === 'foreign' ? 'stop' : outcome
}
/** Colour follows the mark: a repeat is nothing to worry about, a locked pack is. */
const toneOf = (mark: Mark): string => (mark === 'stop' || mark === 'repeat' || mark === 'step' ? 'refuse' : mark)

const Attention = ({ scan }: { readonly scan: GoodsScan }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <ul className="goods-attention" data-testid="goods-attention">
      {scan.attention.slice(0, 4).map(({ code, state }) => (
        <li key={code}>
          <b className="num">{code}</b> {state === null ? t('goods.not-in-ledger') : nameOf('packState', state)}
        </li>
      ))}
      {scan.attention.length > 4 ? <li className="dim">{t('goods.more-packs', { count: scan.attention.length - 4 })}</li> : null}
    </ul>
  )
}

/** What did I just scan? One word, one sentence, what next; and the packs that a person has to look at. */
export const GoodsSaid = ({ heard, counting }: { readonly heard: Heard | undefined; readonly counting: boolean }): ReactNode => {
  const { t } = useTranslation()
  const sentence = useSentence()
  if (heard === undefined)
    return (
      <section className="verdict goods-said is-ready" data-testid="goods-said" data-code="ready">
        <VerdictMark mark="ready" />
        <div className="verdict-text">
          <p className="verdict-head">
            <span className="verdict-word">{t(counting ? 'goods.ready-count' : 'goods.ready')}</span>
          </p>
          <p className="verdict-sentence">{t(counting ? 'goods.ready-count-hint' : 'goods.ready-hint')}</p>
        </div>
      </section>
    )
  const { scan, nth } = heard
  const mark = markOf(scan)
  const { word, text, action } = sentence('goods', scan.reason, scan.detail)
  const { subject, text: rest } = splitSubject(text, scan.drugName)
  return (
    <section
      key={nth}
      className={`verdict goods-said is-${toneOf(mark)} mark-${mark}${scan.sound === 'foreign' ? ' is-foreign' : ''}`}
      data-testid="goods-said"
      data-code={scan.reason}
      data-nth={nth}
      role={scan.outcome === 'accept' ? 'status' : 'alert'}
    >
      <VerdictMark mark={mark} />
      <div className="verdict-text">
        <p className="verdict-head">
          <span className="verdict-word" data-testid="goods-word">
            {word}
          </span>
          {subject === null ? null : <span className="verdict-subject">{subject}</span>}
        </p>
        <p className="verdict-sentence">{rest}</p>
        <p className="verdict-action">{action}</p>
      </div>
      {scan.attention.length === 0 ? null : <Attention scan={scan} />}
    </section>
  )
}
