import { signedText } from './sealing.ts'
import { replaceValues } from './top-level.ts'

/** What a plain gateway has signed (platform.md §1): every envelope field but `cainfo` that holds something, sorted by name, joined `k=v&k=v`; `input` as its JSON text. */
export const sortedFields = (envelope: string): string => {
  const fields = JSON.parse(envelope) as Readonly<Record<string, unknown>>
  return Object.keys(fields).filter((name) => name !== 'cainfo').sort()
    .map((name) => [name, signedText(envelope, name)] as const)
    .filter(([, text]) => text !== '' && text !== 'null').map(([name, text]) => `${name}=${text}`).join('&')
}

/** The envelope with its signature in `cainfo`. */
export const signPlain = (body: Uint8Array, sign: (message: Uint8Array) => string): Uint8Array => {
  const envelope = Buffer.from(body).toString('utf8')
  return Buffer.from(replaceValues(envelope, { cainfo: JSON.stringify(sign(Buffer.from(sortedFields(envelope), 'utf8'))) }), 'utf8')
}
