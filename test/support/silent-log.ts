import pino from 'pino'

/** A real logger whose lines a test can read. */
export const collectingLog = (): { readonly log: pino.Logger; readonly lines: string[] } => {
  const lines: string[] = []
  return { log: pino({ level: 'debug' }, { write: line => { lines.push(line) } }), lines }
}
