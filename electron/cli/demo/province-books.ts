import { z } from 'zod'
import type { PracticeProcess } from '../practice-process.ts'

/** What the practice province shows of its books (GET /local/books): only what is compared. Amounts in fen, counts in 10⁻⁴. */
const ProvinceBooks = z.object({
  people: z.array(z.object({ psnNo: z.string(), balanceFen: z.int() })),
  settlements: z.array(
    z.object({
      setlId: z.string(),
      msgid: z.string(),
      institution: z.string(),
      state: z.enum(['booked', 'cancelled', 'reversed']),
      totalFen: z.int(),
      fundFen: z.int(),
      accountFen: z.int(),
      familyAccountFen: z.int(),
      cashFen: z.int(),
      lines: z.array(z.object({ codes: z.array(z.object({ code: z.string(), split: z.boolean() })) })),
    }),
  ),
  reversals: z.array(z.object({ omsgid: z.string() })),
  codes: z.array(z.object({ code: z.string(), sales: z.array(z.object({ institution: z.string() })) })),
  sales: z.array(
    z.object({
      institution: z.string(),
      receipt: z.string(),
      itemId: z.string(),
      countE4: z.int(),
      codes: z.array(z.string()),
      insured: z.boolean(),
      returnedBy: z.string().nullable(),
    }),
  ),
  returns: z.array(z.object({ institution: z.string(), saleKey: z.string() })),
  flags: z.array(z.object({ kind: z.string(), code: z.string() })),
  virtualCodes: z.array(z.object({ code: z.string(), institution: z.string() })),
  answered: z.record(z.string(), z.object({ accepted: z.int(), refused: z.int() })),
})
export type ProvinceBooks = z.infer<typeof ProvinceBooks>

export const readProvinceBooks = async ({ booksUrl, accessKey }: Pick<PracticeProcess, 'booksUrl' | 'accessKey'>): Promise<ProvinceBooks> => {
  const response = await fetch(booksUrl, { headers: { _api_access_key: accessKey } })
  if (!response.ok) throw new Error(`the province does not show its books: HTTP ${response.status}`)
  return ProvinceBooks.parse(await response.json())
}
