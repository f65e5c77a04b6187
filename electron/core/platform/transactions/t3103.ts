import { z } from 'zod'
import { longText, text } from '../wire-fields.ts'

export interface ClaimAnswer {
  readonly stage: 'before-trial' | 'before-settle'
  /** The platform's number of the finding. */
  readonly resultId: string
  /** 继续执行 with a reason, or 返回修改. */
  readonly way: 'keep' | 'change'
  readonly reason: string
}

/** What goes on as it was needs its reason (note of the paper). */
const decision = z.strictObject({ warn_rslt_id: text(40), dspo_way: longText('dspo_way'), dspo_way_rea: longText().optional() })
  .refine((row) => row.dspo_way !== '1' || row.dspo_way_rea !== undefined, { path: ['dspo_way_rea'], message: 'required when nothing is changed' })

/** 3103 feedback: what was done about a finding. Its dictionaries are printed beside the fields, in no code table. */
export const input = z.strictObject({
  data: z.strictObject({ warn_type: text(6, 'warn_type'), warns: z.array(decision).min(1) }),
})

const STAGES = { 'before-trial': '1', 'before-settle': '2' } as const
const WAYS = { keep: '1', change: '2' } as const

export const build = (answer: ClaimAnswer): z.infer<typeof input> => input.parse({
  data: {
    warn_type: STAGES[answer.stage],
    warns: [{ warn_rslt_id: answer.resultId, dspo_way: WAYS[answer.way], ...(answer.reason === '' ? {} : { dspo_way_rea: answer.reason }) }],
  },
})
/** The table prints no output. */
export const outputNodes = {}
