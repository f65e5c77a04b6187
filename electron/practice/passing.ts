import type { Province } from './call.ts'
import type { FaultAction } from './fault-plan.ts'
import type { Said } from './gateway-call.ts'
import type { Answered } from './province.ts'
import { parseJson } from './read-body.ts'
import { isRecord } from './wire-values.ts'

/** One call as it passed and what became of it; nothing of its messages but the sentence. */
export interface PassedLine {
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
}

/** With both messages; null: it never got so far. Holds personal values: whoever shows it masks them (page/mask.ts). */
export interface Passed extends PassedLine {
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
  list(): readonly PassedLine[]
  get(seq: number): Passed | undefined
  watch(listener: (passed: PassedLine) => void): () => void
  clear(): void
}

const MOST_KEPT = 3_000
const LARGEST_KEPT = 200_000
/** Characters of all messages together: a night of uploads must not fill the memory. */
const MOST_CHARACTERS = 30_000_000
/** Fields that say whose message it is. */
const WHO = new Set(['psn_no', 'psnNo', 'psn_No', 'patn_id', 'certno', 'ssn', 'idNo', 'mdtrt_cert_no', 'qr'])

/** As text: read again only when somebody opens it. */
const kept = (value: unknown): string => {
  const text = JSON.stringify(value ?? null)
  return text.length > LARGEST_KEPT ? JSON.stringify({ 报文过大: `${text.length} 字符,未保留` }) : text
}
interface Both {
  readonly person: string
  readonly sent: string
  readonly answered: string
}
interface Stored extends Both {
  readonly line: PassedLine
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

  const passed: Stored[] = []
  let characters = 0
  let last = 0
  let local: Both | null = null
  const underWay = new Map<string, Both>()
  const listeners = new Set<(passed: PassedLine) => void>()
  const sizeOf = ({ sent, answered }: Both): number => sent.length + answered.length
  const both = (sent: unknown, answered: unknown): Both => ({ person: personIn(sent, people) || personIn(answered, people), sent: kept(sent), answered: kept(answered) })
  return {
    heard: (message, { answer, msgid, file }) => {
      underWay.set(msgid, both(withInput(message), file === null ? answer : { ...answer, output: `(文件 ${file.length} 字节)` }))
      // A message whose end nobody told (a crash of ours) must not stay for ever.
      if (underWay.size > 100) underWay.delete(underWay.keys().next().value ?? '')
    },
    heardLocal: (sent, answered) => {
      local = both(sent, answered)
    },
    ended: ({ at, infno, ms, faults, outcome, msgid, text }) => {
      const known = (outcome === 'local' ? local : underWay.get(msgid)) ?? { person: '', sent: 'null', answered: 'null' }
      if (outcome === 'local') local = null
      else underWay.delete(msgid)
      last += 1
      const line: PassedLine = {
        seq: last, at, infno, name: infno === '6101' ? '解析医保电子凭证二维码' : (province.tables.transactions.get(infno)?.name ?? ''), msgid, outcome, text, ms, faults,
        person: known.person,
      }
      passed.push({ line, ...known })
      characters += sizeOf(known)
      while (passed.length > MOST_KEPT || characters > MOST_CHARACTERS) characters -= sizeOf(passed.shift() ?? known)
      for (const listener of listeners) listener(line)
    },
    list: () => passed.map(({ line }) => line),
    get: (seq) => {
      const one = passed.find(({ line }) => line.seq === seq)
      return one === undefined ? undefined : { ...one.line, sent: JSON.parse(one.sent) as unknown, answered: JSON.parse(one.answered) as unknown }
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear: () => {
      passed.length = 0
      characters = 0
    },
  }
}
