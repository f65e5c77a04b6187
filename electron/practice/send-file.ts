import type { IncomingMessage, ServerResponse } from 'node:http'

const OCTETS = 'application/octet-stream'

/** `bytes=N-` of a province that gives the rest of a file. */
const startOf = (request: IncomingMessage, size: number, allowed: boolean): number => {
  const from = Number(/^bytes=(\d{1,12})-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  return allowed && from < size ? from : 0
}

/** 9102: the bytes themselves. `half`: the line breaks in the middle. */
export const sendFile = (request: IncomingMessage, response: ServerResponse, bytes: Uint8Array, options: { readonly range: boolean; readonly half: boolean }): void => {
  if (response.destroyed || response.headersSent) return
  const from = startOf(request, bytes.length, options.range)
  const rest = bytes.subarray(from)
  response.writeHead(from > 0 ? 206 : 200, {
    'content-type': OCTETS,
    'content-length': rest.length,
    ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
  })
  if (options.half) response.write(rest.subarray(0, Math.floor(rest.length / 2)), () => setTimeout(() => response.destroy(), 20))
  else response.end(rest)
}
