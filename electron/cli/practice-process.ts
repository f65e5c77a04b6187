import { once } from 'node:events'
import path from 'node:path'
import { z } from 'zod'
import { endChild, forkBeside } from './child-channel.ts'

const FILE = path.join(import.meta.dirname, '../practice/main.ts')
const START_MS = 20_000

const Ready = z.object({ url: z.url(), localServiceUrl: z.url(), booksUrl: z.url(), accessKey: z.string(), secretKey: z.string() })

export interface PracticeProcess extends z.infer<typeof Ready> {
  /** What goes wrong from now on; an empty plan is fair weather. As in electron/practice/fault-plan.ts. */
  readonly setFaults: (rules: readonly object[]) => void
  /** The exit code when it ends by itself or by a signal. */
  readonly ended: Promise<number | null>
  readonly close: () => Promise<void>
}

export interface PracticeProcessOptions {
  readonly port?: number
  readonly profileFile?: string | null
  readonly faultsFile?: string | null
  /** Keeps the books; null: in memory. */
  readonly dataFile?: string | null
  readonly quiet: boolean
}

const argsOf = ({ port, profileFile, faultsFile, dataFile, quiet }: PracticeProcessOptions): readonly string[] => [
  ...(port === undefined ? [] : ['--port', String(port)]),
  ...(profileFile == null ? [] : ['--profile', profileFile]),
  ...(faultsFile == null ? [] : ['--faults', faultsFile]),
  ...(dataFile == null ? [] : ['--data', dataFile]),
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
