import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Drug, LinkKind } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { attempt } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { useTill } from '../../ui/tools.ts'
import { DrugPicker } from '../find/DrugPicker.tsx'

interface Props {
  readonly asked: { readonly kind: LinkKind; readonly value: string }
  readonly onLearnt: () => void
}

const LEVELS = ['1', '2', '3'] as const

/** The pharmacist holds the box and says which item it is, and of a trace identifier which pack: a link to review, used at once. */
export const LearnForm = ({ asked, onLearnt }: Props): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const [drug, setDrug] = useState<Drug | null>(null)
  const learn = ({ drugId }: Drug, level: number | null): void => {
    void attempt(till, () => till.core.command('map.learnLink', { ...asked, drugId, level })).then(onLearnt)
  }
  const pick = (picked: Drug): void => {
    if (asked.kind === 'trace-identifier') setDrug(picked)
    else learn(picked, null)
  }
  return (
    <div data-testid="learn-form">
      <p className="dialog-lead">
        {nameOf('linkKind', asked.kind)} <b className="num">{asked.value}</b>
        {drug === null ? null : (
          <>
            {' → '}
            <b>{drug.genericName}</b> {drug.packSpec} <span className="dim">{drug.maker}</span>
          </>
        )}
      </p>
      {drug === null ? (
        <DrugPicker label={t('map.which-item')} hint={t('map.which-item-hint')} level={21} onPick={pick} />
      ) : (
        <>
          <p className="dialog-lead">{t('map.which-level')}</p>
          <Choices
            level={21}
            testid="learn-level"
            choices={LEVELS.map((level) => ({ id: level, label: t(`map.level-${level}`) }))}
            onChoose={(level) => learn(drug, Number(level))}
          />
        </>
      )}
    </div>
  )
}
