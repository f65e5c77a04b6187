import { z } from 'zod'
import { AppError, PracticeScenarios } from '../../contract/index.ts'
import type { House } from '../house.ts'
import type { Handlers } from '../rpc/handlers.ts'

const TIMEOUT_MS = 4_000
const LARGEST = 200_000
/** Well known: whoever reaches a practice province may use it. Its own keys are its gateway's. */
const WELL_KNOWN = 'yaogui-practice-access'

const keyOf = ({ profile }: Pick<House, 'profile'>): string =>
  profile.transport.kind === 'csb' && 'value' in profile.transport.accessKey ? profile.transport.accessKey.value : WELL_KNOWN

/** The practice province beside its gateway. Lessons go the same way in a browser, in the desktop program and against a province elsewhere on this machine. */
const askProvince = async (house: Pick<House, 'profile'>, play?: { readonly name: string | null }): Promise<PracticeScenarios> => {
  const { profile } = house
  const service = profile.credentials.serviceUrl
  if (!profile.practice || service === null) throw new AppError('practice.unreachable', 'not in practice')
  try {
    const answer = await fetch(`${service.replace(/\/$/, '')}/scenario`, {
      headers: { authorization: `Bearer ${keyOf(house)}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
      ...(play === undefined ? {} : { method: 'POST', body: JSON.stringify(play) }),
    })
    const text = await answer.text()
    if (!answer.ok || text.length > LARGEST) throw new Error(`HTTP ${answer.status}, ${text.length} characters`)
    return PracticeScenarios.parse(JSON.parse(text), { reportInput: false })
  } catch (cause) {
    throw new AppError('practice.unreachable', 'the practice province did not answer for its lessons', {}, cause instanceof z.ZodError ? undefined : cause)
  }
}

export const scenarioHandlers = (house: House): Pick<Handlers, 'practice.listScenarios' | 'practice.playScenario'> => ({
  'practice.listScenarios': () => askProvince(house),
  'practice.playScenario': (_call, { name }) => askProvince(house, { name }),
})
