import type { ReactNode } from 'react'
import type { BusinessDate, ReconcileDay, ReconcileDayState } from '../../../electron/contract/index.ts'
import { dayStateWord } from '../../../electron/domain/reconcile/words.ts'
import { useLanguage } from './BothBooks.tsx'

const SHAPES: Readonly<Record<ReconcileDayState, string>> = { 'not-over': '…', 'not-yet': '–', running: '↻', balanced: '✓', differs: '▲', failed: '✕' }

/** The days, newest first, each with its state in word and shape. */
export const DayList = ({ days, chosen, onChoose }: { readonly days: readonly ReconcileDay[]; readonly chosen: BusinessDate | null; readonly onChoose: (date: BusinessDate) => void }): ReactNode => {
  const language = useLanguage()
  return (
    <ol className="day-list" data-testid="day-list">
      {days.map((day) => (
        <li
          key={day.date}
          className={`day-item is-${day.state}${day.date === chosen ? ' is-selected' : ''}`}
          aria-selected={day.date === chosen}
          data-testid={`day-${day.date}`}
          data-state={day.state}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(day.date)}
        >
          <span className="num">{day.date.slice(5)}</span>
          <span className="day-state">
            {SHAPES[day.state]} {dayStateWord(day.state, language)}
          </span>
          <b className="num">{day.openDifferences > 0 ? day.openDifferences : ''}</b>
        </li>
      ))}
    </ol>
  )
}
