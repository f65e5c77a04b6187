import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from './tools.ts'

/** Any letter or digit typed on the page filters; Esc empties it first. */
export const FilterBox = ({ value, onChange, hint }: { readonly value: string; readonly onChange: (value: string) => void; readonly hint?: string }): ReactNode => {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  useKeys({
    level: 1,
    modal: false,
    keys: {
      Escape: () => {
        if (value === '') return false
        onChange('')
        input.current?.blur()
        return true
      },
    },
    typed: (text) => {
      input.current?.focus()
      onChange(value + text)
    },
  })
  return (
    <input
      ref={input}
      className="filter"
      data-testid="filter"
      value={value}
      maxLength={80}
      autoComplete="off"
      spellCheck={false}
      placeholder={hint ?? t('common.filter')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
