import { z } from 'zod'

const text = z.string()

/** A visit a pharmacy reported with its diagnoses (2203A). */
export const Visit = z.strictObject({
  mdtrtId: text,
  institution: text,
  psnNo: text,
  medType: text,
  begunAt: text,
  diseaseCode: text,
  diseaseName: text,
  condition: text,
  diagnoses: z.array(z.strictObject({ number: text, code: text, name: text, valid: z.boolean() })),
  at: z.number(),
})

/** An order of a person insured elsewhere (2166): pushed to the person's app, paid there, cancelled before or refunded after. */
export const RegionOrder = z.strictObject({
  registration: text,
  visit: text,
  institution: text,
  psnNo: text,
  state: z.enum(['pushed', 'paid', 'cancelled', 'refunded']),
  totalFen: z.int(),
  accountFen: z.int(),
  cashFen: z.int(),
  boughtOn: text,
  lines: z.array(z.record(text, z.unknown())),
  at: z.number(),
})
export type RegionOrder = z.infer<typeof RegionOrder>

/** A face that could not be shown (9602): good for the day. */
export const FaceRegistration = z.strictObject({ psnNo: text, institution: text, day: text, reason: text, business: text, at: z.number() })

/** What the province remembers. Everything else of the tables. */
export const restRecords = { visits: Visit, regionOrders: RegionOrder, faceRegistrations: FaceRegistration } as const
