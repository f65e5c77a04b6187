import { useRef } from 'react'
import type { ReactNode } from 'react'
import type { ReceiptDocument } from '../../../electron/contract/index.ts'
import { useKeys } from '../../ui/tools.ts'
import { ReceiptPaper } from './ReceiptPaper.tsx'

const LINE = 40

/** A long receipt is read with the arrows: no mouse, no scroll wheel at the counter. Inside a dialog. */
export const ReceiptFrame = ({ document, tall = false }: { readonly document: ReceiptDocument | undefined; readonly tall?: boolean }): ReactNode => {
  const frame = useRef<HTMLDivElement>(null)
  const scroll = (lines: number): void => frame.current?.scrollBy({ top: lines * LINE })
  useKeys({
    level: 21,
    modal: false,
    keys: {
      ArrowDown: () => scroll(1),
      ArrowUp: () => scroll(-1),
      PageDown: () => scroll(10),
      PageUp: () => scroll(-10),
      Home: () => scroll(-999),
      End: () => scroll(999),
    },
  })
  return (
    <div className={`paid-receipt${tall ? ' is-tall' : ''}`} ref={frame}>
      {document === undefined ? null : <ReceiptPaper document={document} />}
    </div>
  )
}
