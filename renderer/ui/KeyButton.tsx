import type { ReactNode } from 'react'
import { KeyCap } from './KeyCap.tsx'

interface Props {
  readonly name: string
  readonly label: string
  readonly onPress: () => void
  /** The step that most likely comes next. */
  readonly next?: boolean
  readonly disabled?: boolean
  readonly testid?: string
  readonly className?: string
  readonly children?: ReactNode
}

/** A button that says its key. It never takes the focus: typing and scanning stay where they were. */
export const KeyButton = ({ name, label, onPress, next = false, disabled = false, testid, className = '', children }: Props): ReactNode => (
  <button
    type="button"
    tabIndex={-1}
    disabled={disabled}
    data-testid={testid}
    className={`key-button${next ? ' is-next' : ''} ${className}`}
    onMouseDown={(event) => event.preventDefault()}
    onClick={onPress}
  >
    <KeyCap name={name} />
    <span className="key-label">{label}</span>
    {children}
  </button>
)
