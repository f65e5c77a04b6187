import type { AnsweredMessage, BookedMessage, Flag, PersonState, ReturnUpload, Reversal, SaleUpload, Settlement, SignIn, VirtualCode } from './book-records.ts'
import type { BookStore } from './book-store.ts'
import { salesOfCode } from './code-register.ts'
import type { ClaimResult } from './records/audit.ts'
import type { Mapping } from './records/mapping.ts'
import type { CodeSale } from './code-register.ts'

/** Read access for tests and the demo: the province's truth to compare a shop's with. */
export interface PracticeBooks {
  person(psnNo: string): PersonState | undefined
  people(): readonly PersonState[]
  settlement(setlId: string): Settlement | undefined
  /** The settlement a 2102 of this message number booked, in whatever state it is now. */
  settlementOfMessage(msgid: string): Settlement | undefined
  settlements(): readonly Settlement[]
  bookedMessage(msgid: string): BookedMessage | undefined
  reversal(omsgid: string): Reversal | undefined
  reversals(): readonly Reversal[]
  /** Every sale of a pack the country knows, of other shops too. */
  salesOfCode(code: string): readonly CodeSale[]
  saleUploads(): readonly SaleUpload[]
  returnUploads(): readonly ReturnUpload[]
  virtualCodes(): readonly VirtualCode[]
  /** What the claim check found, and how it was answered. */
  claimResults(): readonly ClaimResult[]
  /** Uploaded or changed by 3301 and 3302. */
  mappings(): readonly Mapping[]
  signIns(): readonly SignIn[]
  flags(): readonly Flag[]
  /** In order of answering. */
  messages(): readonly AnsweredMessage[]
  /** How often a table named a dictionary that the code tables do not have. */
  dictionaryMisses(): Readonly<Record<string, number>>
}

const MISS = 'dictionary-miss:'

export const readBooks = (store: BookStore): PracticeBooks => {
  const { shelves } = store
  return {
    person: (psnNo) => shelves.people.get(psnNo),
    people: () => [...shelves.people.values()],
    settlement: (setlId) => shelves.settlements.get(setlId),
    settlementOfMessage: (msgid) => {
      const booked = shelves.booked.get(msgid)
      return booked?.infno === '2102' && booked.setlId !== null ? shelves.settlements.get(booked.setlId) : undefined
    },
    settlements: () => [...shelves.settlements.values()],
    bookedMessage: (msgid) => shelves.booked.get(msgid),
    reversal: (omsgid) => shelves.reversals.get(omsgid),
    reversals: () => [...shelves.reversals.values()],
    salesOfCode: (code) => salesOfCode(store, code),
    saleUploads: () => [...shelves.sales.values()],
    returnUploads: () => [...shelves.returns.values()],
    virtualCodes: () => [...shelves.virtualCodes.values()],
    claimResults: () => [...shelves.claimResults.values()],
    mappings: () => [...shelves.mappings.values()],
    signIns: () => [...shelves.signIns.values()],
    flags: () => [...shelves.flags.values()],
    messages: () => [...shelves.messages.values()].sort((a, b) => a.seq - b.seq),
    dictionaryMisses: () =>
      Object.fromEntries([...shelves.counters.entries()].filter(([name]) => name.startsWith(MISS)).map(([name, count]) => [name.slice(MISS.length), count])),
  }
}
