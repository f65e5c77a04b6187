import type { ReactNode } from 'react'
import { ClaimDialog } from '../features/claim/ClaimDialog.tsx'
import { HelpDialog } from '../features/menu/HelpDialog.tsx'
import { LedgerPage } from '../features/ledger/LedgerPage.tsx'
import { MenuDialog } from '../features/menu/MenuDialog.tsx'
import { AlarmPage } from '../features/alarm/AlarmPage.tsx'
import { AuditPage } from '../features/audit/AuditPage.tsx'
import { GoodsPage } from '../features/goods/GoodsPage.tsx'
import { MapPage } from '../features/map/MapPage.tsx'
import { CataloguePage } from '../features/catalogue/CataloguePage.tsx'
import { MappingPage } from '../features/mapping/MappingPage.tsx'
import { PayDialog } from '../features/pay/PayDialog.tsx'
import { RecallPage } from '../features/recall/RecallPage.tsx'
import { ReconcilePage } from '../features/reconcile/ReconcilePage.tsx'
import { LessonsPage } from '../features/practice/LessonsPage.tsx'
import { HoldDialog } from '../features/sale-dialogs/HoldDialog.tsx'
import { RecallDialog } from '../features/sale-dialogs/RecallDialog.tsx'
import { SplitDialog } from '../features/sale-dialogs/SplitDialog.tsx'
import { StoryDialog } from '../features/sale-dialogs/StoryDialog.tsx'
import { VoidDialog } from '../features/sale-dialogs/VoidDialog.tsx'
import { SalesPage } from '../features/sales/SalesPage.tsx'
import { OpenShiftDialog } from '../features/shift/OpenShiftDialog.tsx'
import { ShiftPage } from '../features/shift/ShiftPage.tsx'
import { Strip } from '../features/strip/Strip.tsx'
import { TillScreen } from '../features/till/TillScreen.tsx'
import { TakeUncodedDialog } from '../features/uncoded/TakeUncodedDialog.tsx'
import { UncodedPage } from '../features/uncoded/UncodedPage.tsx'
import { UploadsPage } from '../features/uploads/UploadsPage.tsx'
import { lock } from '../till/session.ts'
import { goTo } from '../till/till.ts'
import type { Overlay, Page } from '../till/till-state.ts'
import { useKeys, useTill, useTillState } from '../ui/tools.ts'

const PageOf = ({ page }: { readonly page: Page }): ReactNode => {
  switch (page) {
    case 'till':
      return <TillScreen />
    case 'shift':
      return <ShiftPage />
    case 'sales':
      return <SalesPage />
    case 'pack':
      return <LedgerPage />
    case 'map':
      return <MapPage />
    case 'mapping':
      return <MappingPage />
    case 'catalogue':
      return <CataloguePage />
    case 'goods':
      return <GoodsPage />
    case 'uncoded':
      return <UncodedPage />
    case 'recall':
      return <RecallPage />
    case 'uploads':
      return <UploadsPage />
    case 'reconcile':
      return <ReconcilePage />
    case 'alarm':
      return <AlarmPage />
    case 'audit':
      return <AuditPage />
    case 'lessons':
      return <LessonsPage />
  }
}

const OverlayOf = ({ overlay }: { readonly overlay: Overlay }): ReactNode => {
  switch (overlay.kind) {
    case 'menu':
      return <MenuDialog />
    case 'help':
      return <HelpDialog />
    case 'hold':
      return <HoldDialog />
    case 'recall':
      return <RecallDialog />
    case 'void':
      return <VoidDialog lineId={overlay.lineId} />
    case 'split':
      return <SplitDialog lineId={overlay.lineId} />
    case 'take-uncoded':
      return <TakeUncodedDialog lineId={overlay.lineId} />
    case 'claim':
      return <ClaimDialog />
    case 'pay':
      return <PayDialog />
    case 'story':
      return <StoryDialog saleId={overlay.saleId} />
    case 'open-shift':
      return <OpenShiftDialog />
  }
}

/** Strip, page, one dialog. These keys mean the same on every page. */
export const Shell = (): ReactNode => {
  const till = useTill()
  const page = useTillState((state) => state.page)
  const overlay = useTillState((state) => state.overlay)
  useKeys({
    level: -1,
    modal: false,
    keys: {
      F1: () => till.store.set({ overlay: { kind: 'help' } }),
      F7: () => goTo(till, 'sales'),
      F10: () => till.store.set({ overlay: { kind: 'menu' } }),
      F12: () => {
        void lock(till)
      },
    },
  })
  return (
    <div className="shell">
      <Strip />
      <PageOf page={page} />
      {overlay === null ? null : <OverlayOf overlay={overlay} />}
    </div>
  )
}
