import { useState } from 'react'
import type { ReactNode } from 'react'
import { KeyCap } from './KeyCap.tsx'
import { useKeys } from './tools.ts'

export interface Choice {
  readonly id: string
  readonly label: ReactNode
  readonly disabled?: boolean
  readonly aside?: ReactNode
}
interface Props {
  readonly choices: readonly Choice[]
  readonly onChoose: (id: string) => void
  readonly initial?: string
  /** As in KeyScope; inside a dialog one above it. */
  readonly level: number
  /** Two columns, read downwards: for more than fit one above the other. */
  readonly wide?: boolean
  readonly testid?: string
}

/** A short list where every entry has its digit, the tenth 0; arrows and Enter do as well. */
export const Choices = ({ choices, onChoose, initial, level, wide = false, testid }: Props): ReactNode => {
  const [index, setIndex] = useState(() =>
    Math.max(
      0,
      choices.findIndex((choice) => choice.id === initial),
    ),
  )
  const at = Math.min(index, choices.length - 1)
  const choose = (choice: Choice | undefined): void => {
    if (choice !== undefined && choice.disabled !== true) onChoose(choice.id)
  }
  const rows = Math.ceil(choices.length / 2)
  const aside = (by: number): void => setIndex(Math.max(0, Math.min(at + by, choices.length - 1)))
  const move = (by: number): void => setIndex((at + by + choices.length) % Math.max(1, choices.length))
  useKeys({
    level,
    modal: false,
    keys: {
      ArrowUp: () => move(-1),
      ArrowDown: () => move(1),
      ...(wide ? { ArrowLeft: () => aside(-rows), ArrowRight: () => aside(rows) } : {}),
      Enter: () => choose(choices[at]),
    },
    typed: (text) => {
      const chosen = /^\d$/.test(text) ? choices[(Number(text) + 9) % 10] : undefined
      if (chosen === undefined) return false
      choose(chosen)
      return true
    },
  })
  return (
    <ul
      className={`choices${wide ? ' is-wide' : ''}`}
      style={wide ? { gridTemplateRows: `repeat(${rows}, auto)` } : undefined}
      role="listbox"
      data-testid={testid}
    >
      {choices.map((choice, position) => (
        <li
          key={choice.id}
          role="option"
          aria-selected={position === at}
          aria-disabled={choice.disabled === true}
          className={`choice${position === at ? ' is-selected' : ''}`}
          data-testid={testid === undefined ? undefined : `${testid}-${choice.id}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(choice)}
        >
          {position < 10 ? <KeyCap name={String((position + 1) % 10)} /> : <span className="keycap is-empty" />}
          <span className="choice-label">{choice.label}</span>
          {choice.aside === undefined ? null : <span className="choice-aside">{choice.aside}</span>}
        </li>
      ))}
    </ul>
  )
}
