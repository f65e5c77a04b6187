import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Microseconds of one call. */
export const timed = async (run: () => unknown): Promise<number> => {
  const start = process.hrtime.bigint()
  await run()
  return Number(process.hrtime.bigint() - start) / 1_000
}
export const timedSync = (run: () => unknown, times: number): number => {
  const start = process.hrtime.bigint()
  for (let n = 0; n < times; n += 1) run()
  return Number(process.hrtime.bigint() - start) / 1_000 / times
}

export interface Compared { readonly name: string; readonly ours: readonly number[]; readonly baseline: readonly number[]; readonly against: string; readonly aim: string }

const us = (value: number): string => (value >= 1_000 ? `${(value / 1_000).toFixed(2)} ms` : `${value.toFixed(value < 10 ? 2 : 0)} µs`)

/** The ratio is the median of the rounds' ratios: neighbours in time, so that a noisy machine slows both. */
export const print = ({ name, ours, baseline, against, aim }: Compared): void => {
  const ratios = ours.map((value, at) => value / (baseline[at] ?? Number.NaN))
  console.log(`${name.padEnd(46)} ${us(median(ours)).padStart(9)} (p99 ${us(quantile(ours, 0.99))})  ÷ ${us(median(baseline)).padStart(9)} ${against.padEnd(34)} = ${median(ratios).toFixed(2)}${aim === '' ? '' : `   aim ${aim}`}`)
}

/** What one durable write costs here and now: durable figures mean nothing without it. */
export const probeDisk = (folder: string): void => {
  const file = openSync(join(folder, 'probe'), 'w')
  const block = Buffer.alloc(4096)
  const times: number[] = []
  for (let n = 0; n < 300; n += 1) {
    const start = process.hrtime.bigint()
    writeSync(file, block, 0, 4096, 0)
    fdatasyncSync(file)
    times.push(Number(process.hrtime.bigint() - start) / 1_000)
  }
  closeSync(file)
  console.log(`${'fdatasync probe, 4 kB overwrite'.padEnd(46)} ${us(median(times)).padStart(9)} (p99 ${us(quantile(times, 0.99))})`)
}
