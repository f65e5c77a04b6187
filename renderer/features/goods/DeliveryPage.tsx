import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { DeliveryLine, Instant } from '../../../electron/contract/index.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { EndDialog } from './EndDialog.tsx'
import { GoodsSaid } from './GoodsSaid.tsx'
import { PackagesDialog } from './PackagesDialog.tsx'
import { ScanList } from './ScanList.tsx'
import { useGoodsScan } from './use-goods-scan.ts'

const useColumns = (counting: boolean): TableColumnsType<DeliveryLine> => {
  const { t } = useTranslation()
  const number = (n: number, off: boolean): ReactNode => <span className={`num${off ? ' is-off' : ''}`}>{n}</span>
  return [
    {
      title: t('goods.drug'),
      ellipsis: true,
      render: (_, row) => (
        <>
          <b>{row.drugName}</b> {row.spec} <span className="dim">{row.maker}</span>
        </>
      ),
    },
    { title: t('goods.lot'), width: 116, ellipsis: true, render: (_, row) => <span className="num">{row.lotNumber}</span> },
    {
      title: t('goods.expires'),
      width: 168,
      render: (_, row) => (
        <>
          <span className={`num${row.expired ? ' is-off' : ''}`}>{row.expiresOn}</span>{' '}
          {row.recalled ? <span className="is-off">{t('goods.recalled')}</span> : row.expired ? <span className="is-off">{t('goods.expired')}</span> : null}
        </>
      ),
    },
    ...(counting
      ? [
          { title: t('goods.on-shelf'), width: 84, align: 'right' as const, render: (_: unknown, row: DeliveryLine) => number(row.onShelf, false) },
          { title: t('goods.counted'), width: 84, align: 'right' as const, render: (_: unknown, row: DeliveryLine) => <b>{number(row.counted, false)}</b> },
          { title: t('goods.not-found'), width: 84, align: 'right' as const, render: (_: unknown, row: DeliveryLine) => (row.onShelf === row.counted ? '' : number(row.onShelf - row.counted, true)) },
        ]
      : [
          { title: t('goods.expected'), width: 84, align: 'right' as const, render: (_: unknown, row: DeliveryLine) => number(row.expected, false) },
          { title: t('goods.received'), width: 84, align: 'right' as const, render: (_: unknown, row: DeliveryLine) => <b>{number(row.received, false)}</b> },
          { title: t('goods.missing'), width: 84, align: 'right' as const, render: (_: unknown, row: DeliveryLine) => (row.missing === 0 ? '' : number(row.missing, true)) },
        ]),
    { title: t('goods.locked'), width: 82, align: 'right', render: (_, row) => (row.locked === 0 ? '' : number(row.locked, true)) },
  ]
}

/** One delivery: scan carton, inner pack or pack, and see what is still missing. F4 counts what is on the shelf instead. */
export const DeliveryPage = ({ deliveryId, onBack }: { readonly deliveryId: string; readonly onBack: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const mayEnd = useTillState((state) => state.staff?.role !== 'cashier')
  const [countedSince, setCountedSince] = useState<Instant | null>(null)
  const [index, setIndex] = useState(0)
  const [shown, setShown] = useState<'packages' | 'end' | null>(null)
  const counting = countedSince !== null
  const columns = useColumns(counting)
  const { data, refetch } = useCoreQuery('goods.getDelivery', { deliveryId, countedSince }, { live: true, keep: true })
  const again = (): void => void refetch()
  const { heard, onScan } = useGoodsScan({ deliveryId, countedSince }, again)
  // A second earlier: core's clock is known to the tick of its last word only.
  const turn = (): void => setCountedSince(counting ? null : ((till.now() + till.store.get().clockAhead - 1_000) as Instant))
  const delivery = data?.delivery
  const lines = data?.lines ?? []
  const ended = delivery !== undefined && delivery.endedAt !== null
  const end = (): void => {
    if (mayEnd && delivery !== undefined && !ended) setShown('end')
  }
  const done = counting ? lines.reduce((sum, line) => sum + line.counted, 0) : (delivery?.received ?? 0)
  const all = counting ? lines.reduce((sum, line) => sum + line.onShelf, 0) : (delivery?.expected ?? 0)
  return (
    <Page
      title={delivery === undefined ? t('goods.title') : `${t('goods.title')} ${delivery.documentNumber}`}
      testid="delivery-page"
      back={{ label: t('common.back'), run: onBack }}
      keys={{ F4: turn, F6: () => setShown('packages'), F8: end }}
      onScan={onScan}
      aside={
        <>
          <span className="goods-supplier">{delivery?.supplier}</span>
          {ended ? <span className="status is-delivery-ended">{t('goods.state-ended')}</span> : null}
          <p className={`goods-count${done === all ? ' is-complete' : ''}`} data-testid="goods-count" data-done={done} data-all={all} data-counting={counting}>
            <span>{t(counting ? 'goods.counted' : 'goods.received')}</span>
            <b className="num">{done}</b>
            <span className="num">/ {all}</span>
          </p>
        </>
      }
      footer={
        <>
          <KeyButton name="F4" label={t(counting ? 'goods.to-receive' : 'goods.to-count')} onPress={turn} testid="goods-turn" />
          <KeyButton name="F6" label={t('goods.packages')} onPress={() => setShown('packages')} testid="goods-packages" />
          <KeyButton name="F8" label={t('goods.end')} disabled={!mayEnd || ended} onPress={end} testid="goods-end" />
          {ended ? <span className="dim">{t('goods.ended-by', { name: delivery.endedBy ?? '', note: delivery.endedNote })}</span> : null}
        </>
      }
    >
      <GoodsSaid heard={heard[0]} counting={counting} />
      <div className="two-panes goods-panes">
        <DataTable
          rows={lines}
          rowKey={(row) => row.lotId}
          columns={columns}
          selected={Math.min(index, Math.max(0, lines.length - 1))}
          onSelect={setIndex}
          empty={t('goods.none')}
          testid="delivery-table"
        />
        <ScanList heard={heard} />
      </div>
      {shown === 'packages' && data !== undefined ? <PackagesDialog cartons={data.cartons} missing={data.missing} onClose={() => setShown(null)} /> : null}
      {shown === 'end' && delivery !== undefined ? (
        <EndDialog
          delivery={delivery}
          onClose={() => {
            setShown(null)
            again()
          }}
        />
      ) : null}
    </Page>
  )
}
