import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { measurePowerCuts } from './measure.ts'
import { CannotProve } from './tools.ts'

const HELP = `npm run chaos:power -- [options]: the real core loses its power, many times
  --seed S        the same seed draws the same day and the same cuts (default: of the clock)
  --states N      states replayed from a recorded day (default 200000)
  --controls N    of each control, NORMAL and OFF, which must fail (default 4000)
  --steps N       steps of the recorded day (default 160)
  --shutdowns N   of a real ext4 (default 300; root)
  --disks N       rounds with a full disk (default 40; root)`

const { values } = parseArgs({ options: { seed: { type: 'string' }, states: { type: 'string' }, controls: { type: 'string' }, steps: { type: 'string' }, shutdowns: { type: 'string' }, disks: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
if (values.help === true) {
  console.log(HELP)
  process.exit(0)
}
const number = (text: string | undefined, otherwise: number): number => {
  const n = text === undefined ? otherwise : Number(text)
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`${String(text)} is no number`)
  return n
}

const shutdowns = number(values.shutdowns, 300)
const started = performance.now()
try {
  console.log(`power cuts on ${availableParallelism()} cores`)
  const report = await measurePowerCuts({
    seed: number(values.seed, Date.now() % 1_000_000), states: number(values.states, 200_000), controlStates: number(values.controls, 4_000), steps: number(values.steps, 160),
    shutdowns, controlShutdowns: Math.min(30, shutdowns), fullDisks: number(values.disks, 40), say: (line) => console.log(line),
  })
  for (const wrong of report.verdict) console.log(`FAILED  ${wrong}`)
  console.log(`${report.verdict.length === 0 ? 'nothing was lost' : 'FAILED'}; ${Math.round((performance.now() - started) / 1000)} s`)
  process.exitCode = report.verdict.length === 0 ? 0 : 1
} catch (error) {
  if (!(error instanceof CannotProve)) throw error
  console.log(`power cuts cannot be made here: ${error.message}`)
  process.exitCode = 1
}
