import type { IncomingMessage } from 'node:http'

export type Body = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: 'too-large' | 'not-utf8' | 'aborted' }

/** At most `limit` bytes, strict UTF-8. */
export const readBody = (request: IncomingMessage, limit: number): Promise<Body> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else resolve({ ok: false, why: 'too-large' })
    })
    request.on('end', () => {
      try {
        resolve({ ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) })
      } catch {
        resolve({ ok: false, why: 'not-utf8' })
      }
    })
    request.on('error', () => resolve({ ok: false, why: 'aborted' }))
    request.on('close', () => resolve({ ok: false, why: 'aborted' }))
  })

export const parseJson = (text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } => {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}
