import type { Call } from '../call.ts'

/** What each transaction of a group does with a checked message: returns `output`, or throws a refusal. */
export type Open = Readonly<Record<string, (call: Call) => unknown>>
