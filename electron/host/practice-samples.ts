import type { PracticeSamples } from '../contract/index.ts'
import type { WritableDb } from '../core/db/database.ts'
import { demoSamples } from '../core/demo-shop/demo-samples.ts'
import { practicePeople } from '../practice/people.ts'

/** Codes of the demo shop and made-up people of the practice province: what to scan when there is no scanner and no patient. */
export const practiceSamples = (db: WritableDb): PracticeSamples => ({
  ...demoSamples(db),
  people: practicePeople().map(({ label, eVoucher, idNumber, socialCard }) => ({ label, eVoucher, idNumber, socialCard })),
})
