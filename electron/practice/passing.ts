import type { Province } from './call.ts'
import type { FaultAction } from './fault-plan.ts'
import type { Said } from './gateway-call.ts'
import type { Answered } from './province.ts'
import { parseJson } from './read-body.ts'
import { isRecord } from './wire-values.ts'

/** One call as it passed: what was sent, what was answered, what became of it. Holds personal values: whoever shows it masks them (page/mask.ts). */
export interface Passed {
  readonly seq: number
  readonly at: number
  readonly infno: string
  readonly name: string
  readonly msgid: string
  /** `key` of people.json of whom it is about; '' = nobody, or nobody we know. */
  readonly person: string
  readonly outcome: Said['outcome']
  readonly text: string
  readonly ms: number
  readonly faults: readonly FaultAction['kind'][]
  /** null: it never got so far, or it is not kept (files, what is too large). */
  readonly sent: unknown
  readonly answered: unknown
}

export interface Ended extends Said {
  readonly at: number
  readonly infno: string
  readonly ms: number
  readonly faults: readonly FaultAction['kind'][]
}

export interface Passing {
  /** A message went through the province; its end is told by `ended`. */
  heard(message: unknown, answered: Answered): void
  /** The box on the till: its request and answer are heard here, its end by `ended`. */
  heardLocal(sent: unknown, answered: unknown): void
  ended(line: Ended): void
  /** Oldest first. */
  list(): readonly Passed[]
  get(seq: number): Passed | undefined
  watch(listener: (passed: Passed) => void): () => void
  clear(): void
}

const MOST_KEPT = 3_000
const LARGEST_KEPT = 200_000
/** Fields that say whose message it is. */
const WHO = new Set(['psn_no', 'psnNo', 'psn_No', 'patn_id', 'certno', 'ssn', 'idNo', 'mdtrt_cert_no', 'qr'])

const kept = (value: unknown): unknown => {
  if (value === null || value === undefined) return null
  const text = JSON.stringify(value)
  return text.length > LARGEST_KEPT ? { 报文过大: `${text.length} 字符,未保留` } : JSON.parse(text)
}

/** Behind some doors the input is a JSON text: opened, so that what shows it knows its fields by their names, and whose they are. */
const withInput = (message: unknown): unknown => {
  if (!isRecord(message) || typeof message.input !== 'string') return message
  const json = parseJson(message.input)
  return { ...message, input: json.ok ? json.value : `(${message.input.length} 字符)` }
}

const personIn = (value: unknown, people: ReadonlyMap<string, string>): string => {
  if (Array.isArray(value)) {
    for (const row of value) {
      const found = personIn(row, people)
      if (found !== '') return found
    }
  } else if (isRecord(value)) {
    for (const [code, inner] of Object.entries(value)) {
      const found = typeof inner === 'string' ? (WHO.has(code) ? (people.get(inner) ?? '') : '') : personIn(inner, people)
      if (found !== '') return found
    }
  }
  return ''
}

/** Kept in memory only, a few thousand of the newest: what a trainer looks at, not a book. */
export const watchPassing = (province: Pick<Province, 'people' | 'tables'>, readers: readonly { readonly key: string; readonly eVoucher: string; readonly idNumber: string }[]): Passing => {
  const people = new Map<string, string>()
  for (const person of province.people.values()) for (const value of [person.psnNo, person.idNumber, person.socialCard, person.eVoucher]) people.set(value, person.key)
  for (const { key, eVoucher, idNumber } of readers) people.set(eVoucher, key).set(idNumber, key)

  let passed: Passed[] = []
  let last = 0
  let local: { readonly sent: unknown; readonly answered: unknown } | null = null
  const underWay = new Map<string, { readonly sent: unknown; readonly answered: unknown }>()
  const listeners = new Set<(passed: Passed) => void>()
  return {
    heard: (message, { answer, msgid, file }) => {
      underWay.set(msgid, { sent: kept(withInput(message)), answered: kept(file === null ? answer : { ...answer, output: `(文件 ${file.length} 字节)` }) })
      // A message whose end nobody told (a crash of ours) must not stay for ever.
      if (underWay.size > 100) underWay.delete(underWay.keys().next().value ?? '')
    },
    heardLocal: (sent, answered) => {
      local = { sent: kept(sent), answered: kept(answered) }
    },
    ended: ({ at, infno, ms, faults, outcome, msgid, text }) => {
      const both = outcome === 'local' ? local : underWay.get(msgid)
      if (outcome === 'local') local = null
      else underWay.delete(msgid)
      last += 1
      const one: Passed = {
        seq: last, at, infno, name: infno === '6101' ? '解析医保电子凭证二维码' : (province.tables.transactions.get(infno)?.name ?? ''), msgid, outcome, text, ms, faults,
        person: personIn(both?.sent, people) || personIn(both?.answered, people),
        sent: both?.sent ?? null,
        answered: both?.answered ?? null,
      }
      passed.push(one)
      if (passed.length > MOST_KEPT) passed = passed.slice(-MOST_KEPT)
      for (const listener of listeners) listener(one)
    },
    list: () => passed,
    get: (seq) => passed.find((one) => one.seq === seq),
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear: () => {
      passed = []
    },
  }
}
