import type { Channel } from '../../electron/contract/index.ts'

/** Opens a WebSocket and resolves when it is open; rejects when it cannot be. */
export const openWebSocket = (url: string): Promise<Channel> => new Promise((resolve, reject) => {
  const socket = new WebSocket(url)
  socket.addEventListener('error', () => reject(new Error('the line to core could not be opened')), { once: true })
  socket.addEventListener('open', () => resolve({
    send: text => { if (socket.readyState === WebSocket.OPEN) socket.send(text) },
    onMessage: listener => socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => { if (typeof data === 'string') listener(data) }),
    onClose: listener => socket.addEventListener('close', listener, { once: true }),
    close: () => socket.close(),
  }), { once: true })
})
