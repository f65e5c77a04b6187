import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly autoFocus?: boolean
  readonly secret?: boolean
  readonly numeric?: boolean
  readonly maxLength?: number
  readonly testid?: string
  readonly onFocus?: () => void
}

/** A labelled text field. Enter belongs to the dialog around it, and never acts while an input method composes. */
export const Field = ({
  label,
  value,
  onChange,
  hint,
  autoFocus = false,
  secret = false,
  numeric = false,
  maxLength = 200,
  testid,
  onFocus,
}: Props): ReactNode => {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (autoFocus) input.current?.focus()
  }, [autoFocus])
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={input}
        type={secret ? 'password' : 'text'}
        inputMode={numeric ? 'decimal' : 'text'}
        autoComplete="off"
        spellCheck={false}
        maxLength={maxLength}
        value={value}
        data-testid={testid}
        className={numeric ? 'is-numeric' : ''}
        onChange={(event) => onChange(event.target.value)}
        onFocus={onFocus}
      />
      {hint === undefined ? null : <span className="field-hint">{hint}</span>}
    </div>
  )
}
