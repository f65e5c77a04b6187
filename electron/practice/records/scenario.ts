import { z } from 'zod'

const text = z.string()

/** What takes one change of a pack back. Balances by difference: what was spent meanwhile stays spent. */
export const UndoStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add-balance'), psnNo: text, fen: z.int() }),
  z.strictObject({ kind: z.literal('remove-settlement'), setlId: text }),
  z.strictObject({ kind: z.literal('lower-settlement'), setlId: text, fen: z.int() }),
])
export type UndoStep = z.infer<typeof UndoStep>

/** The pack that plays, under the key `now`. Kept in the books, so that a province that was killed takes it back at its next start. */
export const PlayedScenario = z.strictObject({ name: text, at: z.number(), undo: z.array(UndoStep) })

export const scenarioRecords = { scenario: PlayedScenario } as const
