import { useRef, useState } from 'react'
import type { GoodsScan, Instant } from '../../../electron/contract/index.ts'
import { attempt, forget } from '../../till/till.ts'
import { useTill } from '../../ui/tools.ts'

export interface Purpose {
  readonly deliveryId: string | null
  /** Null: goods come in. Else when the count began, by core's clock. */
  readonly countedSince: Instant | null
}
/** `nth`: the same code scanned twice is two answers. */
export interface Heard {
  readonly scan: GoodsScan
  readonly nth: number
}
/** What happened one scan after the other; as many as fit beside the lines. */
const KEPT = 30

/** Scans go to core one after the other, in the order in which they came; `after` once the books changed. */
export const useGoodsScan = ({ deliveryId, countedSince }: Purpose, after: () => void): { readonly heard: readonly Heard[]; readonly onScan: (raw: string) => void } => {
  const till = useTill()
  const [heard, setHeard] = useState<readonly Heard[]>([])
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const count = useRef(0)
  const onScan = (raw: string): void => {
    const purpose = countedSince === null ? 'receive' : 'count'
    last.current = last.current.then(async () => {
      const scan = await attempt(till, () => till.core.command('goods.scanCode', { deliveryId, raw: raw.slice(0, 2048), purpose, countedSince }))
      if (scan === null) return
      // What was said before this scan is over.
      const said = till.store.get().heard.says[0]
      if (said !== undefined) forget(till, said.id)
      count.current += 1
      const nth = count.current
      setHeard((before) => [{ scan, nth }, ...before].slice(0, KEPT))
      till.play(scan.sound)
      after()
    })
  }
  return { heard, onScan }
}
