import { parseArgs } from 'node:util'
import { runChaos } from './run-chaos.ts'

const HELP = `npm run chaos -- --minutes N --seed S [--tills K] [--institutions M]
  Several tills sell against a province that misbehaves, are killed, lose their disk and their clock; at the end of every phase
  till, province and drawer are compared to the fen and pack for pack.
  --minutes N       how long (default 10)
  --seed S          what is drawn (default: of the clock, and printed)
  --tills K         each its own core and database (default 3)
  --institutions M  whose tills they are (default: each its own)
  --phase SECONDS   of trade and evening, another province each (default 75)`

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' }, tills: { type: 'string' }, institutions: { type: 'string' }, phase: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
if (values.help === true) {
  console.log(HELP)
  process.exit(0)
}
const number = (name: string, text: string | undefined, otherwise: number): number => {
  const n = text === undefined ? otherwise : Number(text)
  if (!Number.isFinite(n) || n <= 0) {
    console.error(`--${name}: ${String(text)} is no number`)
    process.exit(2)
  }
  return n
}
const tills = number('tills', values.tills, 3)
const seed = number('seed', values.seed, Date.now() % 1_000_000)
const { counts, trouble, folder } = await runChaos({
  minutes: number('minutes', values.minutes, 10), seed, tills, institutions: Math.min(tills, number('institutions', values.institutions, tills)), phaseSeconds: number('phase', values.phase, 75), say: (line) => console.log(line),
})
console.log('')
for (const [what, n] of Object.entries(counts).toSorted(([a], [b]) => a.localeCompare(b))) console.log(`${String(n).padStart(8)}  ${what}`)
console.log(trouble.length === 0 ? `\nseed ${seed}: no difference` : `\nseed ${seed}: ${trouble.length} differences; kept in ${folder}\n${trouble.join('\n')}`)
process.exit(trouble.length === 0 ? 0 : 1)
