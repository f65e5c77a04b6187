import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MappedItem, Output } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { attempt } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useScan, useTill, useTillState } from '../../ui/tools.ts'
import { CompanyWarning } from './CompanyWarning.tsx'
import { LearnForm } from './LearnForm.tsx'
import { VerifiedAge } from './VerifiedAge.tsx'

const Item = ({ item }: { readonly item: MappedItem }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <section className="mapped-item" data-testid="mapped-item" data-drug-id={item.drugId}>
      <h3>
        {item.name} <span className="dim">{item.packSpec}</span> <span className="dim">{item.maker}</span> <span className="dim num">{item.drugId}</span>
      </h3>
      {item.companyDifference === null ? null : <CompanyWarning difference={item.companyDifference} />}
      <table className="count-table item-codes">
        <thead>
          <tr>
            <th>{t('map.kind')}</th>
            <th>{t('map.code')}</th>
            <th>{t('map.source')}</th>
            <th>{t('map.trust')}</th>
            <th>{t('map.last-verified')}</th>
          </tr>
        </thead>
        <tbody>
          {item.codes.map((code) => (
            <tr
              key={`${code.kind} ${code.value}`}
              className={code.asked ? 'is-asked' : ''}
              data-testid="item-code"
              data-kind={code.kind}
              data-asked={code.asked}
            >
              <td>
                {nameOf('linkKind', code.kind)}
                {code.level === null ? '' : ` · ${t('map.level-n', { level: code.level })}`}
              </td>
              <td className="num">{code.value}</td>
              <td>
                {nameOf('linkSource', code.source)}
                {code.learntBy === null ? '' : ` · ${code.learntBy}`}
              </td>
              <td>
                <span className={`status is-link-${code.trust}`}>{nameOf('linkTrust', code.trust)}</span>
              </td>
              <td>{code.lastVerifiedAt === null ? '' : <VerifiedAge at={code.lastVerifiedAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Found = ({ found }: { readonly found: Output<'map.lookUp'> }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <div className="look-up-found" data-testid="look-up-found" data-kind={found.kind} data-items={found.items.length}>
      <p className="look-up-kind">
        {t('map.it-is', { kind: nameOf('scanKind', found.kind) })}
        {found.asked === null ? '' : ` · ${found.asked.value}`}
        {found.items.length > 1 ? ` · ${t('map.several-items', { count: found.items.length })}` : ''}
      </p>
      {found.neverIssued === null ? null : <p className="link-warning">{t('map.never-issued', { source: found.neverIssued })}</p>}
      {found.items.length > 0 ? null : <p className="dim">{found.asked === null ? t('map.no-product-code') : t('map.not-linked')}</p>}
      {found.items.map((item) => (
        <Item key={item.drugId} item={item} />
      ))}
    </div>
  )
}

/** Three codes from one scan: any code of a product, and all the others of its item with where they are from. The text is not kept. */
export const LookUpDialog = ({ first, onClose }: { readonly first: string; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Output<'map.lookUp'> | null>(null)
  const [learning, setLearning] = useState(false)
  const mayLearn = useTillState((state) => state.staff !== null && state.staff.role !== 'cashier')
  const look = (code: string): void => {
    if (code.trim() === '') return
    setText('')
    setLearning(false)
    void attempt(till, () => till.core.query('map.lookUp', { text: code.trim() })).then(setFound)
  }
  const unlinked = found !== null && found.items.length === 0 && found.neverIssued === null ? found.asked : null
  const canLearn = unlinked !== null && mayLearn && !learning
  const learn = (): void => {
    if (canLearn) setLearning(true)
  }
  const back = (): void => (learning ? setLearning(false) : onClose())
  useScan(look)
  const latest = useRef(look)
  latest.current = look
  useEffect(() => latest.current(first), [first])
  return (
    <Dialog
      title={t('map.look-up-title')}
      width={980}
      onClose={back}
      keys={{ Enter: () => look(text), F9: learn }}
      testid="look-up"
      footer={
        <>
          {learning ? null : <KeyButton name="Enter" label={t('map.look')} next={text.trim() !== ''} onPress={() => look(text)} />}
          {canLearn ? <KeyButton name="F9" label={t('map.learn')} next={text.trim() === ''} onPress={learn} testid="map-learn" /> : null}
          <KeyButton name="Escape" label={t('common.back')} onPress={back} />
        </>
      }
    >
      {learning && unlinked !== null ? (
        <LearnForm asked={unlinked} onLearnt={() => look(unlinked.value)} />
      ) : (
        <>
          <Field label={t('map.any-code')} value={text} onChange={setText} autoFocus maxLength={512} hint={t('map.any-code-hint')} testid="look-up-text" />
          {found === null ? null : <Found found={found} />}
        </>
      )}
    </Dialog>
  )
}
