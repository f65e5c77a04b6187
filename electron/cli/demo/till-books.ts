import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import type { TillBooks } from './compare-books.ts'

/** The till's books as the contract tells them: every sale whole, and the outbox. */
export const readTillBooks = async (client: CoreClient): Promise<TillBooks> => {
  const summaries = await client.query('sale.listSales', { limit: 500 })
  const sales = await Promise.all(
    summaries.map(async ({ saleId }) => {
      const [sale, story] = await Promise.all([client.query('sale.getSale', { saleId }), client.query('sale.getStory', { saleId })])
      return { sale, settleMessages: story.flatMap((item) => (item.event === 'settle-asked' && item.messageId !== null ? [item.messageId] : [])) }
    }),
  )
  return { sales, outbox: await client.query('outbox.listItems', { statuses: ['pending', 'leased', 'done', 'parked'], limit: 1000 }) }
}
