import { Component } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyButton } from '../ui/KeyButton.tsx'
import { useKeys } from '../ui/tools.ts'

interface Props {
  readonly children: ReactNode
}

/** A screen that broke says so instead of going white. The sale is in core: loading again brings it back. React wants a class for this. */
export class Mishap extends Component<Props, { readonly broken: boolean }> {
  override readonly state = { broken: false }
  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true }
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children
  }
}

const Broken = (): ReactNode => {
  const { t } = useTranslation()
  const reload = (): void => window.location.reload()
  useKeys({ level: 100, modal: true, keys: { F5: reload, Enter: reload } })
  return (
    <div className="veil" role="alert" data-testid="mishap">
      <div className="veil-box">
        <p className="veil-word">{t('connection.broken')}</p>
        <p>{t('connection.broken-text')}</p>
        <p className="veil-key">
          <KeyButton name="F5" label={t('connection.reload')} next onPress={reload} />
        </p>
      </div>
    </div>
  )
}
