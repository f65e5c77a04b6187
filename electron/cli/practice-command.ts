import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { PracticeDidNotStart, startPracticeProcess } from './practice-process.ts'
import { fileFrom } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface PracticeOptions {
  readonly port?: number
  readonly profile?: string
  readonly faults?: string
  readonly data?: string
  readonly scenario?: string
  readonly clock?: string
  readonly clockRuns?: boolean
  readonly quiet: boolean
}

/** The practice province alone, until it is told to stop. Its addresses and its well-known keys are one JSON line on stdout; its log goes to stderr. */
export const runPractice = async (terminal: Terminal, options: PracticeOptions): Promise<ExitCode> => {
  const file = (given: string | undefined): string | null => (given === undefined ? null : fileFrom(terminal, given))
  try {
    const { close, ended, url, localServiceUrl, booksUrl, pageUrl, accessKey, secretKey } = await startPracticeProcess({
      ...(options.port === undefined ? {} : { port: options.port }),
      profileFile: file(options.profile),
      faultsFile: file(options.faults),
      dataFile: file(options.data),
      scenario: options.scenario ?? null,
      clock: options.clock ?? null,
      clockRuns: options.clockRuns === true,
      quiet: options.quiet,
    })
    terminal.out(`${JSON.stringify({ url, localServiceUrl, booksUrl, pageUrl, accessKey, secretKey })}\n`)
    const end = await Promise.race([ended, terminal.untilStopped().then(() => 'stopped' as const)])
    await close()
    return end === 'stopped' || end === 0 ? EXIT.done : EXIT.otherwise
  } catch (error) {
    // It has said on stderr what is wrong with its files or its port.
    if (error instanceof PracticeDidNotStart) return error.exitCode === 2 ? EXIT.usage : EXIT.otherwise
    throw error
  }
}
