import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Choices } from '../../ui/Choices.tsx'
import { Field } from '../../ui/Field.tsx'
import { useKeys } from '../../ui/tools.ts'

interface Props {
  /** Keys under `reason.` */
  readonly reasons: readonly ('wrong-drug' | 'not-wanted' | 'other-lot' | 'wrong-price' | 'bought-twice' | 'quality' | 'wrong-person' | 'link-wrong-item' | 'link-wrong-level' | 'link-corrected' | 'claim-checked' | 'claim-prescriber-confirmed' | 'claim-different-use')[]
  readonly level: number
  readonly onReason: (reason: string) => void
}

/** A reason by one digit, or in one's own words. */
export const ReasonForm = ({ reasons, level, onReason }: Props): ReactNode => {
  const { t } = useTranslation()
  const [own, setOwn] = useState<string | null>(null)
  const submit = (): boolean => {
    if (own === null) return false
    if (own.trim() !== '') onReason(own.trim())
    return true
  }
  useKeys({
    level: level + 2,
    modal: false,
    keys: {
      Enter: submit,
      Escape: () => {
        if (own === null) return false
        setOwn(null)
        return true
      },
    },
  })
  if (own !== null)
    return <Field label={t('reason.own')} value={own} onChange={setOwn} autoFocus maxLength={200} hint={t('reason.own-hint')} testid="reason-own" />
  return (
    <Choices
      level={level + 1}
      testid="reason"
      choices={[...reasons.map((reason) => ({ id: reason, label: t(`reason.${reason}`) })), { id: 'own', label: t('reason.own') }]}
      onChoose={(id) => {
        if (id === 'own') setOwn('')
        else onReason(t(`reason.${id as Props['reasons'][number]}`))
      }}
    />
  )
}
