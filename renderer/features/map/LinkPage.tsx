import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { LinkedPack, LinkId } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { goSeePack } from '../../till/go-see.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { LinkFacts } from './LinkFacts.tsx'
import { RevokeDialog } from './RevokeDialog.tsx'

const useColumns = (): TableColumnsType<LinkedPack> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return [
    { title: t('map.pack-state'), width: 112, render: (_, row) => <span className={`status is-pack-${row.state}`}>{nameOf('packState', row.state)}</span> },
    { title: t('map.pack-code'), ellipsis: true, render: (_, row) => <span className="num">{row.code}</span> },
    { title: t('map.pack-lot'), width: 108, ellipsis: true, render: (_, row) => <span className="num">{row.lotNumber ?? ''}</span> },
    {
      title: t('map.pack-sales'),
      width: 250,
      ellipsis: true,
      render: (_, row) => (
        <span className="num">{row.sales.map(({ receiptNumber, status }) => `${receiptNumber} ${nameOf('saleStatus', status)}`).join(' · ')}</span>
      ),
    },
  ]
}

/** One link: where it is from, how far it can be trusted, what entered the ledger under it, and what became of that. */
export const LinkPage = ({ linkId, onBack }: { readonly linkId: LinkId; readonly onBack: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const mayReview = useTillState((state) => state.staff !== null && state.staff.role !== 'cashier')
  const [index, setIndex] = useState(0)
  const [revoking, setRevoking] = useState(false)
  const columns = useColumns()
  const { data } = useCoreQuery('map.showLink', { linkId }, { live: true, keep: true })
  const live = data !== undefined && data.link.trust !== 'revoked'
  const can = live && mayReview
  const packs = data?.trace.packs ?? []
  const at = Math.min(index, Math.max(0, packs.length - 1))
  const confirm = (): void => {
    if (!can) return
    void attempt(till, async () => {
      const link = await till.core.command('map.confirmLink', { linkId })
      speakScreen(till, 'notice', 'link-confirmed', { code: link.value, drugName: link.drugName })
    })
  }
  const revoke = (reason: string): void => {
    setRevoking(false)
    void attempt(till, async () => {
      const { link, trace, lockedNow } = await till.core.command('map.revokeLink', { linkId, reason })
      speakScreen(till, 'notice', trace.sold + trace.inSale > 0 ? 'link-revoked-follow' : 'link-revoked', {
        code: link.value,
        locked: lockedNow,
        sold: trace.sold,
        open: trace.inSale,
      })
    })
  }
  const see = (pack: LinkedPack | undefined): void => {
    if (pack !== undefined) goSeePack(till, pack.code)
  }
  return (
    <Page
      title={t('map.link-title')}
      testid="link-page"
      keys={{ Escape: onBack, F9: confirm, Delete: () => setRevoking(can) }}
      back={{ label: t('common.back'), run: onBack }}
      footer={
        <>
          <KeyButton
            name="F9"
            label={data?.link.trust === 'confirmed' ? t('map.verify-again') : t('map.confirm')}
            next={can && data.link.trust === 'provisional'}
            disabled={!can}
            onPress={confirm}
            testid="link-confirm"
          />
          <KeyButton name="Delete" label={t('map.revoke')} disabled={!can} onPress={() => setRevoking(can)} testid="link-revoke" />
          <KeyButton name="Enter" label={t('map.see-pack')} disabled={packs.length === 0} onPress={() => see(packs[at])} testid="link-see-pack" />
          {live && !mayReview ? <span className="dim">{t('map.pharmacist-reviews')}</span> : null}
        </>
      }
    >
      {data === undefined ? null : (
        <div className="link-panes">
          <div className="pane">
            <LinkFacts shown={data} />
          </div>
          <div className="link-packs">
            <p className="link-counts" data-testid="link-counts">
              {t('map.entered', { count: data.trace.total })}
              {data.trace.total === 0
                ? ''
                : ` · ${t('map.entered-now', { shelf: data.trace.onShelf, open: data.trace.inSale, sold: data.trace.sold, locked: data.trace.locked })}`}
              {data.trace.total > packs.length ? ` · ${t('map.entered-shown', { count: packs.length })}` : ''}
            </p>
            <DataTable
              rows={packs}
              rowKey={(row) => row.code}
              columns={columns}
              selected={at}
              onSelect={setIndex}
              onOpen={see}
              empty={t('map.no-packs')}
              testid="link-packs"
            />
          </div>
        </div>
      )}
      {revoking && data !== undefined ? <RevokeDialog link={data.link} trace={data.trace} onReason={revoke} onClose={() => setRevoking(false)} /> : null}
    </Page>
  )
}
