import { useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../ui/tools.ts'

interface Props {
  /** False while a dialog is over the page: what is typed there is not for this field. */
  readonly active: boolean
  readonly value: string
  /** Something besides the text narrows the list. */
  readonly narrowed: boolean
  readonly onChange: (value: string) => void
  readonly onClear: () => void
}

/** Has the focus from the start; Esc empties what was asked before it leaves the page. */
export const SearchBox = ({ active, value, narrowed, onChange, onClear }: Props): ReactNode => {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (active) input.current?.focus()
    else input.current?.blur()
  }, [active])
  useKeys({
    level: 1,
    modal: false,
    keys: {
      Escape: () => {
        if (value === '' && !narrowed) return false
        onClear()
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
      data-testid="pack-code"
      value={value}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      placeholder={t('ledger.placeholder')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
