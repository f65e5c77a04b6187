import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { BookStore } from './book-store.ts'
import { once } from './once.ts'
import type { InsuredPerson } from './people.ts'
import { Prescription } from './records/prescription.ts'

const DAY = 86_400_000

const Written = Prescription.omit({ psnNo: true, prescribedAt: true, validUntil: true, used: true }).extend({
  /** `key` of people.json */
  person: z.string(),
  prescribedDaysAgo: z.int().nonnegative(),
  validDays: z.int().positive(),
})
export const writtenPrescriptions = once(
  () =>
    z
      .strictObject({ source: z.string(), prescriptions: z.array(Written) })
      .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'data', 'prescriptions.json'), 'utf8'))).prescriptions,
)

/** Puts the made-up prescriptions into books that have none. Their days are counted from now. */
export const writePrescriptions = (store: BookStore, people: readonly InsuredPerson[], now: number): void => {
  for (const { person, prescribedDaysAgo, validDays, ...prescription } of writtenPrescriptions()) {
    if (store.shelves.prescriptions.get(prescription.hiRxno) !== undefined) continue
    const psnNo = people.find((candidate) => candidate.key === person)?.psnNo
    if (psnNo === undefined) throw new Error(`prescriptions.json: no person ${person}`)
    const prescribedAt = now - prescribedDaysAgo * DAY
    store.put('prescriptions', prescription.hiRxno, { ...prescription, psnNo, prescribedAt, validUntil: prescribedAt + validDays * DAY, used: false })
  }
}

/** The prescription's paper: a text in the shape of a file, the same for the same prescription. What is verified is that nobody changed it. */
export const fileOf = (prescription: Prescription): string =>
  Buffer.from(
    `%PDF-1.4\n% practice prescription ${prescription.hiRxno} ${createHash('sha256')
      .update(JSON.stringify([prescription.hiRxno, prescription.psnNo, prescription.drugs]))
      .digest('hex')}\n%%EOF\n`,
  ).toString('base64')
