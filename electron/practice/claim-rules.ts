import { z } from 'zod'

/** How the claim check (3101, 3102, 3103) and the catalogue mappings (3301, 3302, 1317) behave where no public paper says it [U]. */
export const ClaimRules = z
  .strictObject({
    /** rules: real findings · clear: never one · error-text: infcode 0 with a failure in its words and no output, as seen in Hunan. */
    answers: z.enum(['rules', 'clear', 'error-text']).default('rules'),
    /** `result` as a list always, or one object where there is one finding. */
    result: z.enum(['list', 'one-as-object']).default('list'),
    /** Packs of one drug in one purchase. */
    maxPacks: z.int().positive().default(10),
    /** 3103 about a finding that was answered already. */
    repeatedFeedback: z.enum(['accept', 'refuse']).default('accept'),
    /** One area wants the kind of credential too and refuses 3103 without it (its sample is a refusal). */
    feedback: z.enum(['as-printed', 'refuse']).default('as-printed'),
  })
  .prefault({})

export const MappingRules = z
  .strictObject({
    /** 3301 for the same item, code and first day again. */
    repeated: z.enum(['refuse', 'accept-same']).default('refuse'),
    /** 3302 of a mapping under which something is settled and not undone. */
    withdrawUsed: z.enum(['refuse', 'accept']).default('refuse'),
    /** Where 3302's fields stand: the table has no node name. */
    withdrawNode: z.enum(['input', 'data']).default('input'),
    /** What the first institution uploaded before it came here: most of its goods, a few with an end or a fault. */
    opening: z.enum(['most', 'none']).default('most'),
  })
  .prefault({})
