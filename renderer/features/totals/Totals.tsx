import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fen, SettlementFigures } from '../../../electron/contract/index.ts'
import { Money } from '../../ui/Money.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useTillState } from '../../ui/tools.ts'
import { duration } from '../../view/ages.ts'
import { totalsOf } from '../../view/totals.ts'

const Row = ({
  label,
  fen,
  always = false,
  sub = false,
  testid,
}: {
  readonly label: string
  readonly fen: Fen
  readonly always?: boolean
  readonly sub?: boolean
  readonly testid?: string
}): ReactNode =>
  !always && fen === 0 ? null : (
    <div className={`total-row${sub ? ' is-sub' : ''}`}>
      <span>{label}</span>
      <Money fen={fen} {...(testid === undefined ? {} : { testid })} />
    </div>
  )

const Figures = ({ figures }: { readonly figures: SettlementFigures }): ReactNode => {
  const { t } = useTranslation()
  const otherFunds = figures.funds.filter((fund) => fund.amountFen !== 0)
  return (
    <>
      <Row label={t('totals.fund')} fen={figures.fundFen} always testid="total-fund" />
      {otherFunds.length < 2 ? null : otherFunds.map((fund) => <Row key={fund.code} label={fund.name} fen={fund.amountFen} sub />)}
      <Row label={t('totals.account')} fen={figures.accountFen} always testid="total-account" />
      <Row label={t('totals.family')} fen={figures.familyAccountFen} />
      <Row label={t('totals.hospital')} fen={figures.hospitalFen} />
    </>
  )
}

const Elapsed = ({ since }: { readonly since: number }): ReactNode => {
  const { t } = useTranslation()
  const now = useNow(200)
  const slowAfter = useTillState((state) => state.status?.slowAfterMs ?? 3_000)
  return (
    <p className="totals-wait" data-testid="totals-wait">
      <span className="num">{duration(now - since)}</span> {now - since >= slowAfter ? t('waiting.slow') : t('waiting.hint')}
    </p>
  )
}

/** What does the patient pay? Trial is dashed and says 预, booked is solid and says 已. */
export const Totals = (): ReactNode => {
  const { t } = useTranslation()
  const sale = useTillState((state) => state.sale)
  const waiting = useTillState((state) => state.waiting)
  const view = totalsOf(sale)
  const asked = waiting !== null && waiting.what !== 'person'
  return (
    <section className={`totals is-${view.state}`} data-testid="totals" data-state={view.state}>
      <header className="totals-head">
        <h2>
          {sale === null ? (
            t('totals.title')
          ) : (
            <>
              {t('totals.receipt')} <span className="num">{sale.receiptNumber.slice(-4)}</span>
            </>
          )}
        </h2>
        {view.state === 'trial' ? (
          <span className="stamp is-trial" data-testid="stamp">
            {t('totals.stamp-trial')}
          </span>
        ) : null}
        {view.state === 'settled' ? (
          <span className="stamp is-settled" data-testid="stamp">
            {t('totals.stamp-settled')}
          </span>
        ) : null}
      </header>
      <div className="total-row is-total">
        <span>{t('totals.total')}</span>
        <Money fen={view.totalFen} testid="total" />
      </div>
      <div className="totals-parts">
        {view.figures === null ? null : <Figures figures={view.figures} />}
        {view.state === 'untried' && !asked ? <p className="totals-hint">{t('totals.untried')}</p> : null}
        {asked ? <Elapsed since={waiting.since} /> : null}
      </div>
      <div className="total-row is-cash">
        <span>{view.state === 'trial' ? t('totals.cash-trial') : t('totals.cash')}</span>
        {view.cashFen === null ? (
          <span className="money dim" data-testid="total-cash">
            —
          </span>
        ) : (
          <Money fen={view.cashFen} testid="total-cash" />
        )}
      </div>
    </section>
  )
}
