import type { ReactNode } from 'react'
import { goTo, speakScreen } from '../till/till.ts'
import { KeyCap } from './KeyCap.tsx'
import { SayLine } from './SayLine.tsx'
import { useKeys, useScan, useTill } from './tools.ts'
import type { KeyScope } from '../keyboard/key-scopes.ts'
import type { ScanListener } from '../keyboard/scan-input.ts'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly title: string
  readonly testid: string
  readonly keys?: KeyScope['keys']
  readonly typed?: KeyScope['typed']
  readonly onScan?: ScanListener
  /** Beside the title: a filter, a summary. */
  readonly aside?: ReactNode
  readonly footer?: ReactNode
  /** One step back inside the page, where that is not the till; its Escape is among `keys`. */
  readonly back?: { readonly label: string; readonly run: () => void }
  readonly children: ReactNode
}

/** A page around the till. Esc goes back; the sale waits there untouched. */
export const Page = ({ title, testid, keys = {}, typed, onScan, aside, footer, back: step, children }: Props): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const back = step?.run ?? ((): void => goTo(till, 'till'))
  useKeys({ level: 0, modal: false, keys: { Escape: back, ...keys }, ...(typed === undefined ? {} : { typed }) })
  useScan(onScan ?? (() => speakScreen(till, 'notice', 'no-scan-here')))
  return (
    <main className="page" data-testid={testid}>
      <header className="page-head">
        <h1>{title}</h1>
        {aside}
      </header>
      <SayLine />
      <div className="page-body">{children}</div>
      <footer className="page-foot">
        {footer}
        <button type="button" tabIndex={-1} className="key-button" data-testid="page-back" onMouseDown={(e) => e.preventDefault()} onClick={back}>
          <KeyCap name="Escape" />
          <span className="key-label">{step?.label ?? t('common.to-till')}</span>
        </button>
      </footer>
    </main>
  )
}
