import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'

/** Why a proof cannot be made here: printed, and counted as a failure where the machine is ours (CI). */
export class CannotProve extends Error {}

/** Compiles one of our C files into `folder`. Throws CannotProve without a compiler. */
export const compile = (name: 'record' | 'ext4-down', folder: string): string => {
  const source = path.join(import.meta.dirname, `${name}.c`)
  const target = path.join(folder, name === 'record' ? 'record.so' : name)
  const done = spawnSync('gcc', ['-O2', '-Wall', ...(name === 'record' ? ['-shared', '-fPIC'] : []), source, '-o', target, '-ldl'], { encoding: 'utf8' })
  if (done.error !== undefined) throw new CannotProve('gcc is not installed')
  if (done.status !== 0) throw new Error(`${name}.c does not compile:\n${done.stderr}`)
  return target
}

export const needsRoot = (what: string): void => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new CannotProve(`${what} needs root on Linux`)
}

/** Runs a system program; CannotProve when it is not there or does not do it. */
export const run = (program: string, args: readonly string[]): void => {
  const done = spawnSync(program, args, { encoding: 'utf8' })
  if (done.error !== undefined) throw new CannotProve(`${program}: ${done.error.message}`)
  if (done.status !== 0) throw new CannotProve(`${program} ${args.join(' ')}: ${done.stderr.trim().split('\n')[0] ?? ''}`)
}
