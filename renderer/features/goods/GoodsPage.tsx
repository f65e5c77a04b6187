import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { Delivery, Output } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { attempt } from '../../till/till.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { DeliveryPage } from './DeliveryPage.tsx'
import { GoodsSaid } from './GoodsSaid.tsx'
import { PaperDialog } from './PaperDialog.tsx'
import { readPaperFile } from './read-paper-file.ts'
import { useGoodsScan } from './use-goods-scan.ts'

const useColumns = (): TableColumnsType<Delivery> => {
  const { t } = useTranslation()
  const stateOf = ({ endedAt, expected, received }: Delivery): 'ended' | 'complete' | 'begun' | 'new' =>
    endedAt !== null ? 'ended' : received === expected ? 'complete' : received > 0 ? 'begun' : 'new'
  return [
    { title: t('goods.state'), width: 108, render: (_, row) => <span className={`status is-delivery-${stateOf(row)}`}>{t(`goods.state-${stateOf(row)}`)}</span> },
    { title: t('goods.document'), width: 210, ellipsis: true, render: (_, row) => <b className="num">{row.documentNumber}</b> },
    { title: t('goods.supplier'), ellipsis: true, dataIndex: 'supplier' },
    {
      title: t('goods.received-of'),
      width: 150,
      align: 'right',
      render: (_, row) => (
        <span className="num">
          <b>{row.received}</b> / {row.expected}
        </span>
      ),
    },
    {
      title: t('goods.missing'),
      width: 90,
      align: 'right',
      render: (_, row) => (row.received === row.expected ? '' : <span className={`num${row.endedAt === null ? '' : ' is-off'}`}>{row.expected - row.received}</span>),
    },
    { title: t('goods.told'), width: 170, render: (_, row) => <span className="num">{instantToLocal(row.toldAt).slice(0, 16)}</span> },
    { title: t('goods.told-by'), width: 110, ellipsis: true, render: (_, row) => row.toldBy ?? '' },
  ]
}

/** 收货: what suppliers said they send. Any code scanned here comes in on whichever paper names it. */
export const GoodsPage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const mayImport = useTillState((state) => state.staff?.role !== 'cashier')
  const file = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const [open, setOpen] = useState<string | null>(null)
  const [imported, setImported] = useState<Output<'goods.importDelivery'> | null>(null)
  const columns = useColumns()
  const { data, refetch } = useCoreQuery('goods.listDeliveries', {}, { live: true, keep: true })
  const again = (): void => void refetch()
  const { heard, onScan } = useGoodsScan({ deliveryId: null, countedSince: null }, again)
  const rows = (data ?? []).filter(({ documentNumber, supplier }) => text === '' || documentNumber.includes(text) || supplier.includes(text))
  const at = Math.min(index, Math.max(0, rows.length - 1))
  const chosen = rows[at]
  // The system's own file dialog, which has a keyboard.
  const add = (): void => {
    if (mayImport) file.current?.click()
  }
  const take = (paper: Blob): void => {
    void attempt(till, async () => till.core.command('goods.importDelivery', { text: await readPaperFile(paper) })).then((answer) => {
      if (answer === null) return
      setImported(answer)
      again()
    })
  }
  if (open !== null)
    return (
      <DeliveryPage
        deliveryId={open}
        onBack={() => {
          setOpen(null)
          again()
        }}
      />
    )
  return (
    <Page
      title={t('goods.title')}
      testid="goods-page"
      keys={{ F2: add }}
      onScan={onScan}
      aside={<FilterBox value={text} hint={t('goods.filter')} onChange={setText} />}
      footer={
        <>
          <KeyButton name="Enter" label={t('goods.open')} next={chosen !== undefined} disabled={chosen === undefined} onPress={() => setOpen(chosen?.deliveryId ?? null)} testid="goods-open" />
          <KeyButton name="F2" label={t('goods.import')} disabled={!mayImport} onPress={add} testid="goods-import" />
          {mayImport ? null : <span className="dim">{t('goods.pharmacist-imports')}</span>}
        </>
      }
    >
      <input
        ref={file}
        type="file"
        accept=".json,.csv,.txt"
        hidden
        data-testid="goods-file"
        onChange={(event) => {
          const [paper] = event.target.files ?? []
          if (paper !== undefined) take(paper)
          // The same file again is heard again.
          event.target.value = ''
        }}
      />
      <GoodsSaid heard={heard[0]} counting={false} />
      <DataTable rows={rows} rowKey={(row) => row.deliveryId} columns={columns} selected={at} onSelect={setIndex} onOpen={(row) => setOpen(row.deliveryId)} empty={t('goods.none')} testid="goods-table" />
      {imported === null ? null : (
        <PaperDialog
          imported={imported}
          onClose={() => setImported(null)}
          onOpen={(deliveryId) => {
            setImported(null)
            setOpen(deliveryId)
          }}
        />
      )}
    </Page>
  )
}
