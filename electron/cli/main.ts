import { text } from 'node:stream/consumers'
import { runCli } from './program.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second one means it.
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  })
}

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
  stop: stop.signal,
})
