import { median, quantile } from '../measure.ts'

/** Calls timed one by one, in rounds that take turns: neighbours in time, so that a noisy machine slows all. */
export interface Contestant { readonly name: string; readonly run: (round: number, n: number) => unknown }

const oneCall = (run: () => unknown): number => {
  const start = process.hrtime.bigint()
  run()
  return Number(process.hrtime.bigint() - start) / 1_000
}

/** Per contestant, a list of microseconds per round. The first rounds warm up and are dropped. */
export const takeTurns = (contestants: readonly Contestant[], rounds: number, calls: number, drop = 5): readonly (readonly number[][])[] => {
  const times = contestants.map((): number[][] => [])
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const which = (turn + round) % contestants.length
      const contestant = contestants[which]
      if (contestant === undefined) continue
      const list = Array.from({ length: calls }, (_, n) => oneCall(() => contestant.run(round, n)))
      if (round >= drop) times[which]?.push(list)
    }
  }
  return times
}

const us = (value: number): string => (value >= 1_000 ? `${(value / 1_000).toFixed(2)} ms` : `${value.toFixed(value < 10 ? 2 : 0)} µs`)
export const p50p99 = (list: readonly number[]): string => `${us(median(list))} (p99 ${us(quantile(list, 0.99))})`

export const say = (name: string, text: string): void => console.log(`${name.padEnd(46)} ${text}`)

/** p50 by the median of the rounds' ratios, p99 over all calls. */
export const printTurns = (name: string, ours: readonly number[][], theirs: readonly number[][], against: string, aim = ''): void => {
  const ratios = ours.map((list, round) => median(list) / median(theirs[round] ?? []))
  const [all, base] = [ours.flat(), theirs.flat()]
  say(name, `${p50p99(all)} ÷ ${p50p99(base)} ${against} = ${median(ratios).toFixed(2)} p50, ${(quantile(all, 0.99) / quantile(base, 0.99)).toFixed(2)} p99${aim === '' ? '' : `   aim ${aim}`}`)
}
