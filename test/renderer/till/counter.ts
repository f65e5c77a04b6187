import type { SoundClass } from '../../../electron/contract/index.ts'
import { onTillEvent } from '../../../renderer/till/watching.ts'
import { INITIAL_TILL } from '../../../renderer/till/till-state.ts'
import type { Till } from '../../../renderer/till/till.ts'
import { signIn } from '../../../renderer/till/session.ts'
import { createStore } from '../../../renderer/ui/store.ts'
import { createFakeCore } from '../fake-core/fake-core.ts'

/** A till without a screen in front of a fake core: signed in, shift open, watching. */
export const openCounter = async () => {
  const { core, shop } = createFakeCore()
  shop.faults.delayMs = 5
  const played: SoundClass[] = []
  const till: Till = { core, store: createStore(INITIAL_TILL), now: () => Date.now(), play: (sound) => played.push(sound), scanner: () => null, scans: { last: Promise.resolve() } }
  await core.command('session.signIn', { staffId: '01', pin: '123456' })
  await core.command('shift.openShift', { floatFen: 20_000 as never })
  core.subscribe('till.watchTill', {}, (event) => onTillEvent(till, event))
  await signIn(till, '01', '123456')
  return { till, core, shop, played }
}

/** Until something holds; the test's own time-out ends a wait in vain. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds())
    await new Promise((resolve) => {
      setTimeout(resolve, 2)
    })
}
