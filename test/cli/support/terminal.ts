import type { Terminal } from '../../../electron/cli/terminal.ts'

export interface HeardTerminal extends Terminal {
  readonly said: () => string
  readonly complained: () => string
}

/** A terminal that listens. */
export const hearingTerminal = (
  given: Partial<Pick<Terminal, 'standsIn' | 'environment' | 'clock' | 'untilStopped'>> & { readonly input?: string } = {},
): HeardTerminal => {
  let said = ''
  let complained = ''
  return {
    out: (text) => {
      said += text
    },
    err: (text) => {
      complained += text
    },
    standsIn: given.standsIn ?? process.cwd(),
    environment: given.environment ?? {},
    clock: given.clock ?? Date.now,
    stdin: () => Promise.resolve(given.input ?? ''),
    untilStopped: given.untilStopped ?? (() => new Promise(() => {})),
    said: () => said,
    complained: () => complained,
  }
}
