import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { z } from 'zod'
import { FaultPlan } from './fault-plan.ts'
import { practiceAccess, PracticeProfile } from './profile.ts'
import { startPractice } from './server.ts'
import { variant, VARIANTS } from './variants.ts'

const HELP = `practice province: node electron/practice/main.ts [options]
  --port N        port on 127.0.0.1 (default: a free one)
  --data FILE     JSON file that keeps the books (default: in memory)
  --variant NAME  which province is played: ${VARIANTS.join(', ')} (default: csb)
  --profile FILE  how this province answers, over the variant (electron/practice/README.md)
  --faults FILE   what goes wrong and when (same)
  --quiet         no log on stderr`

/** What a parent process may tell a forked practice province. */
const Order = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('set-faults'), plan: FaultPlan }),
  z.strictObject({ type: z.literal('set-down'), seconds: z.number().nullable() }),
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
  ...(faults === undefined ? {} : { faults }),
  log: (line) => (line.outcome === 'failed' ? log.error(line) : log.info(line)),
}).catch((error: unknown) => fail(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? `--port: ${port} is in use` : String(error)))
const { accessKey, secretKey } = profile.keys[0] ?? practiceAccess
const ready = { url: practice.url, addresses: practice.addresses, localServiceUrl: practice.localServiceUrl, booksUrl: `${practice.localServiceUrl}/books`, accessKey, secretKey }
console.log(JSON.stringify(ready))
process.send?.(ready)

const stop = (): void => void practice.close().then(() => process.exit(0))
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
process.on('disconnect', stop)
process.on('message', (message) => {
  const order = Order.safeParse(message)
  if (!order.success) return log.warn({ issues: order.error.issues.length }, 'unknown order')
  switch (order.data.type) {
    case 'set-faults':
      return practice.setFaults(order.data.plan)
    case 'set-down':
      return practice.setDown(order.data.seconds)
    case 'close':
      return stop()
  }
})
