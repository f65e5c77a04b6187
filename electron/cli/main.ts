import { text } from 'node:stream/consumers'
import { runCli } from './program.ts'

let stopGently: (() => void) | null = null
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second one means it.
    if (stopGently === null) process.exit(130)
    stopGently()
    stopGently = null
  })
}

// Whoever read us has seen enough (`… | head`): what is being done is done to its end, unheard.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => {
    process.stdout.write(line)
  },
  err: (line) => {
    process.stderr.write(line)
  },
  // npm runs scripts in the project's folder and tells where the user stands.
  standsIn: (process.env['YAOGUI_CALLED_FROM'] === undefined ? undefined : process.env['INIT_CWD']) ?? process.cwd(),
  environment: process.env,
  clock: Date.now,
  stdin: () => text(process.stdin),
  untilStopped: () =>
    new Promise((resolve) => {
      stopGently = resolve
    }),
})
