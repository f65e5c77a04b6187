import { z } from 'zod'

const text = z.string()

/** One electronic prescription. States 1 valid 2 expired 3 revoked 4 void; `expired` also by its time. */
export const Prescription = z.strictObject({
  hiRxno: text,
  traceCode: text,
  psnNo: text,
  state: z.enum(['1', '2', '3', '4']),
  attribute: z.enum(['01', '02', '03']),
  prescribedAt: z.number(),
  validUntil: z.number(),
  qr: text,
  onlineGrant: text,
  medType: text,
  diagnosis: z.strictObject({ code: text, name: text }),
  disease: z.strictObject({ code: text, name: text }).nullable(),
  drugs: z.array(z.strictObject({ code: text, packs: z.int().positive(), days: z.int().positive(), each: z.number().positive(), unit: text, frequency: text })),
  /** Nothing more may be taken from it. */
  used: z.boolean(),
})
export type Prescription = z.infer<typeof Prescription>

/** What a pharmacy may do with one prescription, for a while. Grants of one `round` die when one of them is downloaded. */
export const RxGrant = z.strictObject({
  token: text, authRxno: text, hiRxno: text, institution: text, round: text, expiresAt: z.number(), state: z.enum(['granted', 'downloaded', 'dead']),
})
export type RxGrant = z.infer<typeof RxGrant>

export const RxVerification = z.strictObject({ serial: text, hiRxno: text, institution: text, at: z.number() })
export const RxReview = z.strictObject({ serial: text, hiRxno: text, institution: text, passed: z.boolean(), pharmacist: text, opinion: text, at: z.number() })
export const RxDispense = z.strictObject({
  serial: text,
  hiRxno: text,
  institution: text,
  insured: z.boolean(),
  lines: z.array(z.strictObject({ code: text, packsE4: z.int(), tracCode: text })),
  at: z.number(),
  undoneAt: z.number().nullable(),
})
export type RxDispense = z.infer<typeof RxDispense>
export const RxDelivery = z.strictObject({ number: text, hiRxno: text, institution: text, state: text, signedBy: text, at: z.number() })

/** What the province remembers. Electronic prescriptions (72xx). */
export const prescriptionRecords = {
  prescriptions: Prescription, rxGrants: RxGrant, rxVerifications: RxVerification, rxReviews: RxReview, rxDispenses: RxDispense, rxDeliveries: RxDelivery,
} as const
