import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { once } from './once.ts'

const Filing = z.strictObject({ code: z.string(), name: z.string(), begins: z.iso.date(), ends: z.iso.date().nullable() })
export type Filing = z.infer<typeof Filing>

const InsuredPerson = z.strictObject({
  key: z.string(),
  /** For a list of samples: what this person is good for. */
  label: z.string(),
  psnNo: z.string().max(30),
  name: z.string(),
  gender: z.enum(['1', '2']),
  born: z.iso.date(),
  idNumber: z.string().length(18),
  eVoucher: z.string().regex(/^424\d{25}$/),
  socialCard: z.string(),
  cardSerial: z.string().length(32),
  area: z.string().length(6),
  insurance: z.strictObject({
    insutype: z.string(),
    psnType: z.string(),
    status: z.string(),
    since: z.iso.date(),
    pausedSince: z.iso.date().nullable(),
    civilServant: z.boolean(),
    employer: z.string(),
    openingBalanceFen: z.int().nonnegative(),
  }),
  filings: z.array(Filing),
  twoDiseases: z.array(Filing),
  identities: z.array(z.strictObject({ type: z.string(), begins: z.string(), ends: z.string() })),
  familyPayer: z.string().nullable(),
  accountMustCover: z.boolean(),
  /** false: cards and vouchers can be read, the province does not know the person. */
  known: z.boolean(),
})
export type InsuredPerson = z.infer<typeof InsuredPerson>

/** All made-up people, with what a reader would read from them. */
export const practicePeople: () => readonly InsuredPerson[] = once(
  () =>
    z
      .strictObject({ source: z.string(), people: z.array(InsuredPerson) })
      .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'data', 'people.json'), 'utf8'))).people,
)
