import { once } from 'node:events'
import path from 'node:path'
import { z } from 'zod'
import { endChild, forkBeside } from './child-channel.ts'

const FILE = path.join(import.meta.dirname, '../practice/main.ts')
const START_MS = 20_000

const Addresses = z.object({ csb: z.url(), tif: z.url(), token: z.url(), sm: z.url(), plain: z.url() })
const Ready = z.object({ url: z.url(), addresses: Addresses, localServiceUrl: z.url(), booksUrl: z.url(), pageUrl: z.url(), accessKey: z.string(), secretKey: z.string() })

export interface PracticeProcess extends z.infer<typeof Ready> {
  /** What goes wrong from now on; an empty plan is fair weather. As in electron/practice/fault-plan.ts. */
  readonly setFaults: (rules: readonly object[]) => void
  /** The exit code when it ends by itself or by a signal. */
  readonly ended: Promise<number | null>
  readonly close: () => Promise<void>
}

export interface PracticeProcessOptions {
  readonly port?: number
  /** Which shape of province is played; electron/practice/variants.ts. */
  readonly variant?: string
  readonly profileFile?: string | null
  readonly faultsFile?: string | null
  /** Keeps the books; null: in memory. */
  readonly dataFile?: string | null
  /** A lesson that plays from the start. */
  readonly scenario?: string | null
  /** Its time stands still there; `clockRuns`: or runs from there. */
  readonly clock?: string | null
  readonly clockRuns?: boolean
  readonly quiet: boolean
}

const argsOf = ({ port, variant, profileFile, faultsFile, dataFile, scenario, clock, clockRuns, quiet }: PracticeProcessOptions): readonly string[] => [
  ...(port === undefined ? [] : ['--port', String(port)]),
  ...(variant === undefined ? [] : ['--variant', variant]),
  ...(profileFile == null ? [] : ['--profile', profileFile]),
  ...(faultsFile == null ? [] : ['--faults', faultsFile]),
  ...(dataFile == null ? [] : ['--data', dataFile]),
  ...(scenario == null ? [] : ['--scenario', scenario]),
  ...(clock == null ? [] : ['--clock', clock]),
  ...(clockRuns === true ? ['--clock-runs'] : []),
  ...(quiet ? ['--quiet'] : []),
]

/** The practice province as a process of its own, as far from core as a real one. It says itself on stderr what was wrong with its files. */
export const startPracticeProcess = async (options: PracticeProcessOptions): Promise<PracticeProcess> => {
  const child = forkBeside(FILE, argsOf(options), 'inherit')
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const tooLate = AbortSignal.timeout(START_MS)
  const ready = await Promise.race([
    once(child, 'message', { signal: tooLate }).then(([message]) => Ready.parse(message)),
    ended.then((code) => {
      throw new PracticeDidNotStart(code)
    }),
  ]).catch(async (cause: unknown) => {
    await endChild(child)
    throw cause
  })
  return {
    ...ready,
    setFaults: (rules) => {
      child.send({ type: 'set-faults', plan: { rules } })
    },
    ended,
    close: () => endChild(child),
  }
}

/** Exit code 2: one of its files is wrong, and it has said which. */
export class PracticeDidNotStart extends Error {
  readonly exitCode: number | null
  constructor(exitCode: number | null) {
    super(`the practice province ended at its start (exit ${String(exitCode)})`)
    this.name = 'PracticeDidNotStart'
    this.exitCode = exitCode
  }
}
