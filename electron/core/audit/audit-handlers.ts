import type { Instant } from '../../contract/index.ts'
import type { House } from '../house.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { newestAudit, verifyChainBeside } from './audit-log.ts'

export const auditHandlers = (house: Pick<House, 'db'>): Pick<Handlers, 'audit.listRows'> => ({
  'audit.listRows': async (_call, { limit }) => ({
    intact: (await verifyChainBeside(house.db)).intact,
    rows: newestAudit(house.db, limit).map(row => ({ seq: row.seq, at: row.at as Instant, staffId: row.staff_id, action: row.action, saleId: row.sale_id, outcome: row.outcome, hash: row.hash })),
  }),
})
