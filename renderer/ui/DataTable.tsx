import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Table } from 'antd'
import type { TableColumnsType, TableRef } from 'antd'
import { useKeys } from './tools.ts'

interface Props<R> {
  readonly rows: readonly R[]
  readonly rowKey: (row: R) => string
  readonly columns: TableColumnsType<R>
  readonly selected: number
  readonly onSelect: (index: number) => void
  /** Enter or a second click. */
  readonly onOpen?: (row: R) => void
  readonly empty: string
  readonly testid: string
}

const HEAD = 37
const STEP = 10

/** A long list that is walked with the arrows. Rows outside the view are not drawn. */
export const DataTable = <R extends object>({ rows, rowKey, columns, selected, onSelect, onOpen, empty, testid }: Props<R>): ReactNode => {
  const frame = useRef<HTMLDivElement>(null)
  const table = useRef<TableRef>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // Come back to, the list shows where it was left.
  const drawn = size.height > 0
  const left = useRef(selected)
  useEffect(() => {
    if (drawn && left.current > 0) table.current?.scrollTo({ index: left.current })
  }, [drawn])
  const go = (index: number): void => {
    const to = Math.min(rows.length - 1, Math.max(0, index))
    onSelect(to)
    if (rows[to] !== undefined) table.current?.scrollTo({ index: to })
  }
  const open = (): boolean => {
    const row = rows[selected]
    if (row === undefined || onOpen === undefined) return false
    onOpen(row)
    return true
  }
  useKeys({
    level: 1,
    modal: false,
    keys: {
      ArrowUp: () => go(selected - 1),
      ArrowDown: () => go(selected + 1),
      PageUp: () => go(selected - STEP),
      PageDown: () => go(selected + STEP),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      Enter: open,
    },
  })
  return (
    <div className="table-frame" ref={frame} data-testid={testid} data-rows={rows.length}>
      {size.height === 0 ? null : (
        <Table<R>
          ref={table}
          size="small"
          virtual
          pagination={false}
          scroll={{ y: size.height - HEAD, x: size.width }}
          dataSource={rows as R[]}
          rowKey={rowKey}
          columns={columns}
          locale={{ emptyText: empty }}
          rowClassName={(_, index) => (index === selected ? 'row is-selected' : 'row')}
          onRow={(row, index) => ({ onClick: () => (index === selected ? onOpen?.(row) : onSelect(index ?? 0)), 'data-row-key-id': rowKey(row) }) as never}
        />
      )}
    </div>
  )
}
