import type { Province } from './call.ts'
import { changeBooks, undoChange } from './change-books.ts'
import { sellFirstPacksElsewhere } from './code-register.ts'
import { runFaultPlan } from './fault-plan.ts'
import type { FaultAction } from './fault-plan.ts'
import { PracticeProfile } from './profile.ts'
import type { UndoStep } from './records/scenario.ts'
import { scenarioPacks } from './scenario-pack.ts'
import type { ScenarioPack } from './scenario-pack.ts'

/** A province whose answers may be varied while it runs: its server owns it. */
export type OwnProvince = { -readonly [K in keyof Province]: Province[K] }

export interface ScenarioPlayer {
  /** The pack that plays; null: nothing does. */
  playing(): ScenarioPack | null
  /** Ends what plays and starts another. */
  play(name: string): void
  end(): void
  /** What the pack's faults do to a call. */
  faultsFor(infno: string): readonly FaultAction[]
  clockMinutes(): number
}

export const ALL_IS_WELL = 'all-well'
export class UnknownScenario extends Error {}

/** `unlock`: the gateway may have been cut off by a pack. */
export const createScenarioPlayer = (province: OwnProvince, unlock: () => void): ScenarioPlayer => {
  const { store } = province
  const usual = province.profile
  const quiet = (): ReturnType<typeof runFaultPlan> => runFaultPlan({})
  let pack: ScenarioPack | null = null
  let faultsFor = quiet()

  const end = (): void => {
    for (const step of store.shelves.scenario.get('now')?.undo.toReversed() ?? []) undoChange(province, step)
    if (store.shelves.scenario.get('now') !== undefined) store.remove('scenario', 'now')
    store.commit()
    sellFirstPacksElsewhere(store, false)
    province.profile = usual
    faultsFor = quiet()
    // A line somebody else cut stays cut.
    if (pack?.faults.rules.some(({ action }) => action.kind === 'down') === true) unlock()
    pack = null
  }
  // A province that was killed in the middle of a lesson starts without it.
  if (store.shelves.scenario.get('now') !== undefined) end()

  return {
    playing: () => pack,
    play: (name) => {
      const next = scenarioPacks().find((candidate) => candidate.name === name)
      if (next === undefined) throw new UnknownScenario(name)
      end()
      if (name === ALL_IS_WELL) return
      const undo: UndoStep[] = []
      for (const change of next.books) undo.push(...changeBooks(province, change))
      store.put('scenario', 'now', { name, at: province.clock(), undo })
      store.commit()
      province.profile = PracticeProfile.parse({ ...usual, ...next.profile })
      faultsFor = runFaultPlan(next.faults)
      pack = next
    },
    end,
    faultsFor: (infno) => faultsFor(infno),
    clockMinutes: () => pack?.clockMinutes ?? 0,
  }
}
