import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** The line between the till and the province, to be pulled out and put back: connections are then refused, as on a till without a network. */
export interface Cable {
  /** The same address as the one given, by way of this cable. */
  readonly url: string
  readonly pull: () => Promise<void>
  readonly plugIn: () => Promise<void>
  readonly close: () => Promise<void>
}

export const layCable = async (to: string): Promise<Cable> => {
  const target = new URL(to)
  const open = new Set<Socket>()
  const keep = (socket: Socket): void => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      keep(one)
      one.on('error', () => other.destroy())
      // A line that breaks on one side breaks on the other: a lost answer must arrive as a lost answer.
      one.on('close', () => other.destroy())
    }
    near.pipe(far).pipe(near)
  })
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve())
    })
  const pull = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  const url = new URL(target)
  url.port = String(port)
  return { url: url.href, pull, plugIn: () => listen(port), close: () => (server.listening ? pull() : Promise.resolve()) }
}
