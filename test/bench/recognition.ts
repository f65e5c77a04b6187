import { createRequire } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { pathToFileURL } from 'node:url'
import { recognise } from '../../electron/domain/recognition/recognise.ts'
import { print, timedSync } from './measure.ts'

const require = createRequire(import.meta.url)
/** MIT both; neither checks a GTIN's check digit, and bark-js takes no symbology identifier. */
const { parseBarcode } = require('gs1-barcode-parser-mod') as { parseBarcode: (text: string) => unknown }
const bark = require('bark-js') as (text: string) => unknown

/** Scans come in as JSON: one piece each, not joined from parts. */
const asReceived = (texts: readonly string[]): readonly string[] => JSON.parse(JSON.stringify(texts)) as string[]

const GS = '\u001d'
/** Made-up GTINs (prefix 6999) with right check digits, as a DataMatrix delivers them: many different ones, so that nobody profits from remembering the last. */
const symbols = asReceived(
  Array.from({ length: 256 }, (_, n) => {
    const body = `06999${String(n * 31 + 1).padStart(8, '0')}`
    const sum = Array.from(body, (digit, at) => Number(digit) * (at % 2 === 0 ? 3 : 1)).reduce((total, value) => total + value, 0)
    const day = String((n % 28) + 1).padStart(2, '0')
    return `01${body}${(10 - (sum % 10)) % 10}1728${String((n % 12) + 1).padStart(2, '0')}${day}10QF26G${n}${GS}21S${n * 7919}PDUA`
  }),
)
const marked = asReceived(symbols.map((symbol) => `]d2${symbol}`))
const digits = asReceived(symbols.map((_, n) => `89${String(n % 100_000).padStart(5, '0')}${String(n * 7_919_003 + 1).padStart(13, '0')}`))

const ROUNDS = 200
const CALLS = 1_024

/** Kept, so that no call can be left out. */
let kept: unknown
const through = (texts: readonly string[], read: (text: string) => unknown): number => {
  let at = 0
  return timedSync(() => {
    kept = read(texts[at++ & 255] ?? '')
  }, CALLS)
}

const compare = (name: string, ours: () => number, theirs: () => number, against: string, aim: string): void => {
  const mine: number[] = []
  const baseline: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const run of round % 2 === 0 ? [0, 1] : [1, 0]) {
      if (run === 0) mine.push(ours())
      else baseline.push(theirs())
    }
  }
  print({ name, ours: mine.slice(10), baseline: baseline.slice(10), against, aim })
}

/** One scan recognised in full (cleaning, symbology, every identifier's format, GTIN check digit, calendar dates), against public GS1 parsers on the same texts in the same process. */
export const benchRecognition = (): void => {
  const ours = (texts: readonly string[]) => (): number => through(texts, (raw) => recognise({ raw, thisYear: 2026 }))
  compare('recognise ]d2 01 17 10 GS 21', ours(marked), () => through(marked, parseBarcode), 'gs1-barcode-parser-mod 1.2.1', '≤ 0.05')
  compare('recognise 01 17 10 GS 21', ours(symbols), () => through(symbols, bark), 'bark-js 1.2.1', '')
  compare('recognise a code of 20 digits', ours(digits), () => through(marked, parseBarcode), 'gs1-barcode-parser-mod 1.2.1, GS1', '')
  if (kept === undefined) throw new Error('nothing was read')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(`node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? '?'} · load ${loadavg()[0]?.toFixed(2) ?? '?'}`)
  benchRecognition()
}
