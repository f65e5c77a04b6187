import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { FaultPlan } from './fault-plan.ts'
import { once } from './once.ts'
import { PracticeProfile } from './profile.ts'

const Fen = z.int().min(-10_000_000).max(10_000_000)

/** Something that happens to the province's books beside the messages. */
export const BooksChange = z.discriminatedUnion('kind', [
  /** `person`: a key of people.json, or `*` for everybody whose balance is higher. */
  z.strictObject({ kind: z.literal('set-balance'), person: z.string(), fen: z.int().min(0).max(10_000_000) }),
  /** The books have a settlement of today that no till of the shop knows. */
  z.strictObject({ kind: z.literal('add-settlement'), person: z.string(), totalFen: z.int().positive().max(10_000_000) }),
  /** Total and fund of the newest settlement that stands are higher by so much; nothing, where there is none. */
  z.strictObject({ kind: z.literal('alter-newest-settlement'), fen: Fen }),
  /** Of every drug the first pack anybody asks about or settles has been sold by the neighbour. */
  z.strictObject({ kind: z.literal('first-packs-sold-elsewhere') }),
  /** One pack the neighbour has sold. */
  z.strictObject({ kind: z.literal('sold-elsewhere'), code: z.string().min(7).max(100) }),
])
export type BooksChange = z.infer<typeof BooksChange>

/** Keys a pack may vary while a till runs. Names and widths of the tables are read once, at the start. */
const VARIABLE = new Set(Object.keys(PracticeProfile.shape))
for (const fixed of ['keys', 'institutions', 'settlementTraceNode', 'names', 'fieldOverrides', 'benefit', 'sm', 'plain', 'tif', 'inputAs', 'cainfo']) VARIABLE.delete(fixed)

const Words = z.strictObject({
  title: z.string().min(1).max(40),
  /** One or two sentences each. */
  happens: z.string().min(1).max(300),
  todo: z.string().min(1).max(400),
})

/** One lesson: what goes wrong, and what the trainee should do about it. */
export const ScenarioPack = z.strictObject({
  name: z.string().regex(/^[a-z][a-z-]{2,40}$/),
  /** Place in the list. */
  order: z.int(),
  zh: Words,
  en: Words,
  faults: FaultPlan.default({ rules: [] }),
  profile: z
    .record(z.string(), z.unknown())
    .default({})
    .superRefine((changes, context) => {
      for (const key of Object.keys(changes)) if (!VARIABLE.has(key)) context.addIssue({ code: 'custom', message: `profile key ${key} cannot be varied by a pack` })
      const parsed = PracticeProfile.safeParse(changes)
      if (!parsed.success) context.addIssue({ code: 'custom', message: z.prettifyError(parsed.error) })
    }),
  books: z.array(BooksChange).default([]),
  /** The province's clock against the true one. */
  clockMinutes: z.number().min(-1440).max(1440).default(0),
})
export type ScenarioPack = z.output<typeof ScenarioPack>

export const readScenarioPacks = (folder: string): readonly ScenarioPack[] => {
  const packs = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const parsed = ScenarioPack.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
      if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
      if (`${parsed.data.name}.json` !== file) throw new Error(`${file}: the file is named after the pack (${parsed.data.name})`)
      return parsed.data
    })
  return packs.sort((a, b) => a.order - b.order)
}

export const scenarioPacks = once(() => readScenarioPacks(join(import.meta.dirname, 'data', 'scenarios')))
