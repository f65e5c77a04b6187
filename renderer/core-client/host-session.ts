import { AppError } from '../../electron/contract/index.ts'
import type { Channel } from '../../electron/contract/index.ts'
import { openWebSocket } from './websocket-channel.ts'

/** Takes the one-time token out of the address, so that it is in no history, bookmark or screenshot. */
const takeToken = (): string | null => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) history.replaceState(null, '', location.pathname)
  return token
}

let exchanged: Promise<void> | null = null
const exchange = async (token: string): Promise<void> => {
  const answer = await fetch('/session', { headers: { authorization: `Bearer ${token}` }, cache: 'no-store' })
  // 401: used before. A window that is known already gets in by its cookie all the same.
  if (!answer.ok && answer.status !== 401) throw new Error(`session: ${answer.status}`)
}

/**
 * `connect` of a core client in host mode. Error rpc.not-connected with detail.reason no-access: this window was opened without a token that is still good;
 * the terminal shows an address that is.
 */
export const connectToHost = async (): Promise<Channel> => {
  const token = takeToken()
  if (token !== null) exchanged = exchange(token)
  await exchanged
  try {
    return await openWebSocket(`ws://${location.host}/core`)
  } catch (error) {
    // A browser does not say why a WebSocket was refused: ask again over HTTP.
    const probe = await fetch('/session', { cache: 'no-store' }).catch(() => null)
    if (probe?.status === 401) throw new AppError('rpc.not-connected', 'this window has no access', { reason: 'no-access' }, error)
    throw error
  }
}
