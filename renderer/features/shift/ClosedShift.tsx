import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shift } from '../../../electron/contract/index.ts'
import { fen } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { Money } from '../../ui/Money.tsx'
import { Difference } from './Difference.tsx'
import { ShiftFacts } from './ShiftFacts.tsx'

/** What was handed over. */
export const ClosedShift = ({ closed }: { readonly closed: { readonly shift: Shift; readonly unknownSales: number } }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <section className="closed-shift" data-testid="closed-shift">
      <p className="result-line">
        ✓ {t('shift.closed')}
        {closed.unknownSales > 0 ? ` · ${t('shift.unknown', { count: closed.unknownSales })}` : ''}
      </p>
      <ShiftFacts shift={closed.shift} />
      <table className="count-table">
        <thead>
          <tr>
            <th>{t('shift.method')}</th>
            <th className="right">{t('shift.expected')}</th>
            <th className="right">{t('shift.counted')}</th>
            <th className="right">{t('shift.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {closed.shift.counted.map(({ method, countedFen, differenceFen }) => (
            <tr key={method}>
              <th scope="row">{nameOf('tenderMethod', method)}</th>
              <td className="right">
                <Money fen={fen(countedFen - differenceFen)} />
              </td>
              <td className="right">
                <Money fen={countedFen} />
              </td>
              <td className="right" data-testid={`difference-${method}`}>
                <Difference value={differenceFen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
