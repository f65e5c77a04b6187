import process from 'node:process'
import { CRASH_POINTS, RECONCILE_POINTS } from './crash-points.ts'
import type { CrashPoint } from './crash-points.ts'

/** For test/fault only: pulls the plug of this process at the point that the environment names. In a shop the environment is never asked twice, and the answer is "nowhere". */
export const reachFrom = (environment: Readonly<Record<string, string | undefined>>): ((point: CrashPoint) => void) => {
  const wanted = environment['YAOGUI_TEST'] === '1' ? environment['YAOGUI_CRASH_AT'] : undefined
  if (wanted === undefined || wanted === '') return () => {}
  if (!([...CRASH_POINTS, ...RECONCILE_POINTS] as readonly string[]).includes(wanted)) throw new RangeError(`YAOGUI_CRASH_AT: there is no crash point ${wanted}`)
  return point => { if (point === wanted) process.kill(process.pid, 'SIGKILL') }
}
