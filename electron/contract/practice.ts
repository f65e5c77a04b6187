import { z } from 'zod'
import { command, query } from './procedure.ts'

const Words = z.strictObject({ title: z.string(), happens: z.string(), todo: z.string() })

/** A lesson the practice province can play: what goes wrong, and what to do about it. Its words are the province's data. */
export const PracticeScenario = z.strictObject({ name: z.string(), zh: Words, en: Words })
export type PracticeScenario = z.infer<typeof PracticeScenario>

export const PracticeScenarios = z.strictObject({
  /** null: nothing goes wrong. */
  playing: z.string().nullable(),
  /** The province's own page, for a trainer beside the till. */
  pageUrl: z.string(),
  packs: z.array(PracticeScenario),
})
export type PracticeScenarios = z.infer<typeof PracticeScenarios>

/** Only in practice, and there for everybody: who may sell may learn. Error elsewhere, and where the province cannot be asked: practice.unreachable. */
export const practiceProcedures = {
  'practice.listScenarios': query({ input: z.strictObject({}), output: PracticeScenarios }),
  /** null ends what plays. */
  'practice.playScenario': command({ input: z.strictObject({ name: z.string().regex(/^[a-z-]{1,60}$/).nullable() }), output: PracticeScenarios }),
}
