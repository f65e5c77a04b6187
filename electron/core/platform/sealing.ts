import type { SealingSection } from './profile-sections/transport.ts'
import type { KeyReference } from './profile-sections/fields.ts'
import { createSm2Signer, createSm2Verifier, createSm4, sm3Hex, sm4Bytes } from './sm-algorithms.ts'
import { parseWireJson } from './wire-json.ts'
import { replaceValues, valueAt } from './top-level.ts'
import { wireText } from './wire-text.ts'

/** An answer whose seal is broken: what it says is nobody's word, and the call's outcome is open. */
export class SealBroken extends Error {
  readonly why: 'signature' | 'cipher' | 'unsealed'
  constructor(why: SealBroken['why']) {
    super(`the answer cannot be opened: ${why}`)
    this.name = 'SealBroken'
    this.why = why
  }
}

/** What happens to a message on its way out and to an answer on its way in (platform.md §3). The plain envelope is what is stored, logged and read. */
export interface Sealing {
  readonly seal: (body: Uint8Array) => Uint8Array
  /** Throws SealBroken. */
  readonly open: (bytes: Uint8Array) => Uint8Array
}

const textOf = wireText
const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8')

/** The characters of a value as they are signed: those of the message, or of the text where an area wants `input` as text. */
export const signedText = (envelope: string, name: string): string => {
  const raw = valueAt(envelope, name)
  if (raw === null) throw new RangeError(`no ${name}`)
  if (!raw.startsWith('"')) return raw
  const text: unknown = JSON.parse(raw)
  return String(text)
}

const clear: Sealing = { seal: (body) => body, open: (bytes) => bytes }

const withDigest: Sealing = {
  seal: (body) => {
    const envelope = textOf(body)
    return bytesOf(replaceValues(envelope, { cainfo: JSON.stringify(sm3Hex(bytesOf(signedText(envelope, 'input')))) }))
  },
  open: clear.open,
}

interface Answered { readonly infcode: unknown; readonly output: unknown; readonly cainfo: unknown }

/** Only what is surely an envelope is opened; a gateway's own words and garbage go on as they are, to be read for what they are. */
const envelopeIn = (text: string): Answered | null => {
  try {
    const value = parseWireJson(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) && 'infcode' in value && value.infcode !== null ? { output: null, cainfo: null, ...value } as Answered : null
  } catch {
    return null
  }
}

const decrypted = (decrypt: (bytes: Uint8Array) => Uint8Array, cipher: string): Uint8Array => {
  const compact = cipher.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw new SealBroken('cipher')
  try {
    return decrypt(Buffer.from(compact, 'base64'))
  } catch {
    throw new SealBroken('cipher')
  }
}

const withSm2Sm4 = (section: Extract<SealingSection, { kind: 'sm2-sm4' }>, keyOf: (reference: KeyReference) => string): Sealing => {
  const userId = keyOf(section.userId)
  const form = section.signature
  const sign = createSm2Signer({ privateKey: keyOf(section.privateKey), userId, form })
  const verify = createSm2Verifier({ publicKey: keyOf(section.platformPublicKey), userId, form })
  const { encrypt, decrypt } = createSm4({ key: sm4Bytes(keyOf(section.sm4Key)), mode: section.mode, iv: section.iv === null ? null : sm4Bytes(keyOf(section.iv)) })
  return {
    seal: (body) => {
      const envelope = textOf(body)
      const input = bytesOf(signedText(envelope, 'input'))
      return bytesOf(replaceValues(envelope, { cainfo: JSON.stringify(sign(input)), input: JSON.stringify(Buffer.from(encrypt(input)).toString('base64')) }))
    },
    open: (bytes) => {
      const text = textOf(bytes)
      const answer = envelopeIn(text)
      if (answer === null) return bytes
      const { output } = answer
      if (output === null || output === '' || output === 'null') return bytes
      // Whoever can write an output in clear can write any.
      if (typeof output !== 'string') throw new SealBroken('unsealed')
      const plain = decrypted(decrypt, output)
      if (typeof answer.cainfo !== 'string' || !verify(plain, answer.cainfo)) throw new SealBroken('signature')
      return bytesOf(replaceValues(text, { output: JSON.stringify(textOf(plain)) }))
    },
  }
}

/** Throws RangeError for a key that is none. */
export const createSealing = (section: SealingSection, keyOf: (reference: KeyReference) => string): Sealing => {
  switch (section.kind) {
    case 'none':
      return clear
    case 'sm3':
      return withDigest
    case 'sm2-sm4':
      return withSm2Sm4(section, keyOf)
  }
}
