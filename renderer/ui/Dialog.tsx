import type { ReactNode } from 'react'
import { Modal } from 'antd'
import { useKeys } from './tools.ts'
import type { KeyScope } from '../keyboard/key-scopes.ts'

interface Props {
  readonly title: ReactNode
  readonly width?: number
  readonly onClose: () => void
  readonly keys?: KeyScope['keys']
  readonly typed?: KeyScope['typed']
  readonly footer?: ReactNode
  readonly testid: string
  readonly children: ReactNode
}

/** Inside the page, so that no style is written into the document for the scroll lock (CSP). */
const dialogRoot = (): HTMLElement => document.getElementById('dialogs') ?? document.body

/** Keys below a dialog rest; Esc closes it and loses nothing. */
export const Dialog = ({ title, width = 560, onClose, keys = {}, typed, footer, testid, children }: Props): ReactNode => {
  useKeys({ level: 20, modal: true, keys: { Escape: onClose, ...keys }, ...(typed === undefined ? {} : { typed }) })
  return (
    <Modal
      open
      title={title}
      width={width}
      footer={null}
      closable={false}
      keyboard={false}
      centered
      getContainer={dialogRoot}
      transitionName=""
      maskTransitionName=""
      mask={{ closable: false, blur: false }}
      onCancel={onClose}
    >
      <div data-testid={testid} className="dialog-body">
        {children}
      </div>
      {footer === undefined ? null : <div className="dialog-footer">{footer}</div>}
    </Modal>
  )
}
