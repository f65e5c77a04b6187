import type { BusinessDate, Instant } from '../contract/index.ts'
import { addDays, businessDate } from '../domain/calendar.ts'
import { reconcileText } from '../domain/reconcile/report-text.ts'
import type { AtShopOptions } from './at-the-shop.ts'
import { atTheShop } from './at-the-shop.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { sentenceLine } from './tell-error.ts'
import type { Terminal } from './terminal.ts'

export interface ReconcileOptions extends AtShopOptions {
  readonly show: boolean
}

/** Compares a day (default: yesterday) with the province, or with `--show` tells what was found last. The view is the JSON on stdout, the table stands on stderr; 1 when it does not balance. */
export const runReconcile = (terminal: Terminal, date: BusinessDate | undefined, options: ReconcileOptions): Promise<ExitCode> =>
  atTheShop(terminal, options, async ({ client }) => {
    const day = date ?? addDays(businessDate(Date.now() as Instant), -1)
    const view = options.show ? await client.query('reconcile.getDay', { date: day }) : await client.command('reconcile.runDay', { date: day })
    terminal.out(`${JSON.stringify(view, null, 1)}\n`)
    terminal.err(`${reconcileText(view, options.lang)}\n`)
    if (view.day.error !== null) terminal.err(`${sentenceLine(view.day.error.code, view.day.error.detail, options.lang)}\n`)
    return view.day.state === 'balanced' ? EXIT.done : EXIT.otherwise
  })
