import { practiceDoor } from '../core/platform/practice-doors.ts'
import { loadProfile, shippedProfileFile, shippedProfiles } from '../core/platform/profile-file.ts'
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

/** A region profile's name: the shape of province that is made for it. Anything else is the province's own file. */
const shapeOf = (given: string | undefined, file: (given: string | undefined) => string | null): { readonly variant?: string; readonly profileFile: string | null } =>
  given !== undefined && shippedProfiles().includes(given) ? { variant: practiceDoor(loadProfile(shippedProfileFile(given))), profileFile: null } : { profileFile: file(given) }

/** The practice province alone, until it is told to stop. Its addresses and its well-known keys are one JSON line on stdout; its log goes to stderr. */
export const runPractice = async (terminal: Terminal, options: PracticeOptions): Promise<ExitCode> => {
  const file = (given: string | undefined): string | null => (given === undefined ? null : fileFrom(terminal, given))
  try {
    const { close, ended, url, addresses, localServiceUrl, booksUrl, pageUrl, accessKey, secretKey } = await startPracticeProcess({
      ...(options.port === undefined ? {} : { port: options.port }),
      ...shapeOf(options.profile, file),
      faultsFile: file(options.faults),
      dataFile: file(options.data),
      scenario: options.scenario ?? null,
      clock: options.clock ?? null,
      clockRuns: options.clockRuns === true,
      quiet: options.quiet,
    })
    terminal.out(`${JSON.stringify({ url, addresses, localServiceUrl, booksUrl, pageUrl, accessKey, secretKey })}\n`)
    const end = await Promise.race([ended, terminal.untilStopped().then(() => 'stopped' as const)])
    await close()
    return end === 'stopped' || end === 0 ? EXIT.done : EXIT.otherwise
  } catch (error) {
    // It has said on stderr what is wrong with its files or its port.
    if (error instanceof PracticeDidNotStart) return error.exitCode === 2 ? EXIT.usage : EXIT.otherwise
    throw error
  }
}
