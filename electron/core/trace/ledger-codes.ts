import type { PackEventKind, PackState } from '../../contract/index.ts'

/** As stored, for ever: numbers are added, never moved. 0 and 1 take no bytes in SQLite, and most packs of a shop's history are sold. */
const STATES = ['settled', 'sold', 'in-stock', 'in-sale', 'returned', 'locked', 'split-open', 'destroyed', 'transferred'] as const satisfies readonly PackState[]

/** As stored, counted from 1. */
const EVENT_KINDS = [
  'received', 'first-seen', 'put-in-sale', 'taken-from-sale', 'sold', 'settled', 'uploaded', 'returned', 'return-uploaded', 'settlement-reversed', 'locked', 'opened-for-split', 'units-taken', 'units-returned',
  'released', 'destroyed', 'transferred', 'alarmed', 'alarm-closed', 'counted', 'learned', 'link-revoked',
] as const satisfies readonly PackEventKind[]

const STATE_NUMBERS = new Map<PackState, number>(STATES.map((state, number) => [state, number]))
const KIND_NUMBERS = new Map<PackEventKind, number>(EVENT_KINDS.map((kind, index) => [kind, index + 1]))

const known = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the ledger knows no ${what}`)
  return value
}

export const stateNumber = (state: PackState): number => known(STATE_NUMBERS.get(state), `state ${state}`)
export const stateOf = (number: number): PackState => known(STATES[number], `state ${number}`)
export const eventNumber = (kind: PackEventKind): number => known(KIND_NUMBERS.get(kind), `event ${kind}`)
export const eventOf = (number: number): PackEventKind => known(EVENT_KINDS[number - 1], `event ${number}`)
