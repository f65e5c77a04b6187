import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { z } from 'zod'
import { FaultPlan } from './fault-plan.ts'
import { practiceAccess, PracticeProfile } from './profile.ts'
import { scenarioPacks } from './scenario-pack.ts'
import { startPractice } from './server.ts'
import { variant, VARIANTS } from './variants.ts'

const HELP = `practice province: node electron/practice/main.ts [options]
  --port N        port on 127.0.0.1 (default: a free one)
  --data FILE     JSON file that keeps the books (default: in memory)
  --variant NAME  which province is played: ${VARIANTS.join(', ')} (default: csb)
  --profile FILE  how this province answers, over the variant (electron/practice/README.md)
  --faults FILE   what goes wrong and when (same)
  --scenario NAME a lesson that plays from the start (data/scenarios/)
  --clock TIME    its time stands still at TIME (2026-11-21T10:00:00+08:00); --clock-runs lets it run from there
  --quiet         no log on stderr`

/** What a parent process may tell a forked practice province. */
const Order = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('set-faults'), plan: FaultPlan }),
  z.strictObject({ type: z.literal('set-down'), seconds: z.number().nullable() }),
  z.strictObject({ type: z.literal('play-scenario'), name: z.string().max(60).nullable() }),
  z.strictObject({ type: z.literal('reset') }),
  z.strictObject({ type: z.literal('close') }),
])

const fail = (text: string): never => {
  console.error(text)
  process.exit(2)
}

const readJson = <T>(file: string | undefined, schema: z.ZodType<T, unknown>): T | undefined => {
  if (file === undefined) return undefined
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    return fail(`${file}: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`)
  }
}

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    data: { type: 'string' },
    variant: { type: 'string' },
    profile: { type: 'string' },
    faults: { type: 'string' },
    scenario: { type: 'string' },
    clock: { type: 'string' },
    'clock-runs': { type: 'boolean' },
    quiet: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
})
if (values.help === true) {
  console.log(HELP)
  process.exit(0)
}
const port = values.port === undefined ? 0 : Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail('--port: 0 to 65535')

const time = ((): { readonly at: number; readonly runs: boolean } | null => {
  if (values.clock === undefined) return null
  const at = z.iso.datetime({ offset: true }).safeParse(values.clock)
  return at.success ? { at: Date.parse(at.data), runs: values['clock-runs'] === true } : fail('--clock: a time with its zone, as 2026-11-21T10:00:00+08:00')
})()

// The first line of stdout is the address; everything said later goes to stderr.
const log = pino({ level: values.quiet === true ? 'silent' : 'info' }, pino.destination(2))
const shape = VARIANTS.find((name) => name === (values.variant ?? 'csb'))
if (shape === undefined) fail(`--variant: ${VARIANTS.join(', ')}`)
const shaped = variant(shape ?? 'csb')
const profile = readJson(values.profile, z.record(z.string(), z.unknown()).transform((given) => PracticeProfile.parse({ ...shaped, ...given }))) ?? PracticeProfile.parse(shaped)
const faults = readJson(values.faults, FaultPlan)
const practice = await startPractice({
  port,
  dataFile: values.data ?? null,
  profile,
  time,
  ...(faults === undefined ? {} : { faults }),
  log: (line) => (line.outcome === 'failed' ? log.error(line) : log.info(line)),
}).catch((error: unknown) => fail(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? `--port: ${port} is in use` : String(error)))
try {
  if (values.scenario !== undefined) practice.playScenario(values.scenario)
} catch {
  fail(`--scenario: ${scenarioPacks().map(({ name }) => name).join(', ')}`)
}
const { accessKey, secretKey } = profile.keys[0] ?? practiceAccess
const ready = { url: practice.url, addresses: practice.addresses, localServiceUrl: practice.localServiceUrl, booksUrl: `${practice.localServiceUrl}/books`, pageUrl: practice.pageAddress(), accessKey, secretKey }
console.log(JSON.stringify(ready))
process.send?.(ready)

const stop = (): void => void practice.close().then(() => process.exit(0))
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
process.on('disconnect', stop)
const obey = (message: unknown): void => {
  const order = Order.safeParse(message)
  if (!order.success) return log.warn({ issues: order.error.issues.length }, 'unknown order')
  switch (order.data.type) {
    case 'set-faults':
      return practice.setFaults(order.data.plan)
    case 'set-down':
      return practice.setDown(order.data.seconds)
    case 'play-scenario':
      try {
        return practice.playScenario(order.data.name)
      } catch (error) {
        return log.warn({ err: error }, 'unknown scenario')
      }
    case 'reset':
      return practice.reset()
    case 'close':
      return stop()
  }
}
process.on('message', obey)
// Started by the desktop shell: its messages come by a port of Electron's.
const { parentPort } = process as unknown as { readonly parentPort?: { on(event: 'message', listener: (event: { readonly data: unknown }) => void): void } }
parentPort?.on('message', ({ data }) => obey(data))
