import type { CSSProperties, ReactNode } from 'react'
import qrcode from 'qrcode-generator'
import type { ReceiptBlock, ReceiptDocument } from '../../../electron/contract/index.ts'

const Qr = ({ data }: { readonly data: string }): ReactNode => {
  const code = qrcode(0, 'M')
  code.addData(data)
  code.make()
  const count = code.getModuleCount()
  const cells = Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (__, column) => (code.isDark(row, column) ? `M${column} ${row}h1v1h-1z` : '')).join(''),
  ).join('')
  return (
    <svg className="paper-qr" viewBox={`0 0 ${count} ${count}`} shapeRendering="crispEdges" aria-hidden="true">
      <path d={cells} />
    </svg>
  )
}

const Block = ({ block }: { readonly block: ReceiptBlock }): ReactNode => {
  switch (block.type) {
    case 'text':
      return (
        <p className={`paper-text is-${block.align}${block.bold ? ' is-bold' : ''}${block.size === 'double' ? ' is-double' : ''}`}>
          {block.text === '' ? ' ' : block.text}
        </p>
      )
    case 'row':
      return (
        <p className={`paper-row${block.bold ? ' is-bold' : ''}`}>
          {block.columns.map((column, index) => (
            <span key={index} className={`is-${column.align}`} style={{ '--columns': column.columns } as CSSProperties}>
              {column.text}
            </span>
          ))}
        </p>
      )
    case 'rule':
      return <hr className={`paper-rule is-${block.style}`} />
    case 'feed':
      return (
        <>
          {Array.from({ length: block.lines }, (_, index) => (
            <p key={index} className="paper-text">
              {' '}
            </p>
          ))}
        </>
      )
    case 'qr':
      return <Qr data={block.data} />
    case 'cut':
      return <div className="paper-cut" />
  }
}

/** The receipt as it will print: the same document that becomes the printer's bytes. */
export const ReceiptPaper = ({ document }: { readonly document: ReceiptDocument }): ReactNode => (
  <div
    className={`paper is-${document.width}`}
    data-testid="receipt"
    data-width={document.width}
    style={{ '--paper-columns': document.columns } as CSSProperties}
  >
    {document.blocks.map((block, index) => (
      <Block key={index} block={block} />
    ))}
  </div>
)
