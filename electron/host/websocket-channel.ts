import type { WebSocket } from 'ws'
import type { Channel } from '../contract/index.ts'

/** A window that stopped reading must not fill the memory of the till. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024

export const webSocketChannel = (socket: WebSocket): Channel => {
  socket.on('error', () => socket.terminate())
  return {
    send: text => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate()
      else socket.send(text)
    },
    onMessage: listener => {
      socket.on('message', (data, isBinary) => {
        if (isBinary) socket.close(1003, 'text only')
        else listener((data as Buffer).toString('utf8'))
      })
    },
    onClose: listener => { socket.on('close', listener) },
    close: () => socket.close(1001, 'core stops'),
  }
}
