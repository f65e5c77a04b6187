declare module 'pino-roll' {
  interface RollOptions {
    readonly file: string
    readonly size?: string
    readonly frequency?: 'daily' | 'hourly' | number
    readonly extension?: string
    readonly limit?: { readonly count: number; readonly removeOtherLogFiles?: boolean }
    readonly mkdir?: boolean
    readonly mode?: number
    readonly sync?: boolean
  }
  interface RollStream extends NodeJS.EventEmitter {
    write(line: string): boolean
    flushSync(): void
    end(): void
  }
  const open: (options: RollOptions) => Promise<RollStream>
  export default open
}
