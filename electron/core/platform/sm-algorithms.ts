import { sm2, sm3, sm4 } from 'sm-crypto-v2'

/**
 * SM2, SM3 and SM4 (GM/T 0002–0004) as messages need them. Electron's BoringSSL has none of the three, so they are JavaScript everywhere;
 * the tests hold them against OpenSSL and the standards' own examples.
 */

/** `der`: ASN.1 as most libraries write it; `raw`: r‖s. */
export type SignatureForm = 'der' | 'raw'

export const sm3Hex = (bytes: Uint8Array): string => sm3(bytes)

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
/** What SM2 signs: SM3 of Z‖message. Z depends on user id and public key alone, and costs as much as the message. */
const digestWith = (z: Uint8Array, message: Uint8Array): Uint8Array => Buffer.from(sm3(Buffer.concat([z, message])), 'hex')

const PRIVATE_KEY = /^[0-9a-f]{64}$/i
const PUBLIC_KEY = /^(04[0-9a-f]{128}|0[23][0-9a-f]{64})$/i
/** Order of the curve's group: r and s lie below it. */
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

export const isSm2PrivateKey = (hex: string): boolean => PRIVATE_KEY.test(hex) && BigInt(`0x${hex}`) > 0n && BigInt(`0x${hex}`) < ORDER - 1n
export const isSm2PublicKey = (hex: string): boolean => {
  try {
    return PUBLIC_KEY.test(hex) && sm2.verifyPublicKey(hex)
  } catch {
    return false
  }
}

/** SM3withSM2 in Base64. Throws RangeError for a key that is none. */
export const createSm2Signer = (key: { readonly privateKey: string; readonly userId: string; readonly form: SignatureForm }): ((message: Uint8Array) => string) => {
  if (!isSm2PrivateKey(key.privateKey)) throw new RangeError('no SM2 private key: 64 hexadecimal digits')
  const privateKey = key.privateKey.toLowerCase()
  const z = sm2.getZ(sm2.getPublicKeyFromPrivateKey(privateKey), key.userId)
  return (message) => Buffer.from(sm2.doSignature(digestWith(z, message), privateKey, { der: key.form === 'der' }), 'hex').toString('base64')
}

interface RS { readonly r: bigint; readonly s: bigint }
const integer = (bytes: Uint8Array): bigint => BigInt(`0x${hexOf(bytes)}`)

/** SEQUENCE of two INTEGERs and nothing else; null when it is not that. */
const readDer = (bytes: Uint8Array): RS | null => {
  const part = (at: number): { readonly value: Uint8Array; readonly end: number } | null => {
    const length = bytes[at + 1] ?? 0x80
    return bytes[at] === 2 && length >= 1 && length <= 33 && at + 2 + length <= bytes.length ? { value: bytes.subarray(at + 2, at + 2 + length), end: at + 2 + length } : null
  }
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) return null
  const r = part(2)
  const s = r === null ? null : part(r.end)
  return r === null || s === null || s.end !== bytes.length ? null : { r: integer(r.value), s: integer(s.value) }
}
const readRaw = (bytes: Uint8Array): RS | null => (bytes.length === 64 ? { r: integer(bytes.subarray(0, 32)), s: integer(bytes.subarray(32)) } : null)

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** Whether a Base64 signature is this key's over the message. Never throws for a signature, however odd. Throws RangeError for a key that is none. */
export const createSm2Verifier = (key: { readonly publicKey: string; readonly userId: string; readonly form: SignatureForm }): ((message: Uint8Array, signature: string) => boolean) => {
  if (!isSm2PublicKey(key.publicKey)) throw new RangeError('no SM2 public key: 130 hexadecimal digits from 04, or 66 compressed')
  const publicKey = key.publicKey.toLowerCase()
  const z = sm2.getZ(publicKey, key.userId)
  const point = sm2.precomputePublicKey(publicKey)
  return (message, signature) => {
    const text = signature.trim()
    if (!BASE64.test(text)) return false
    const bytes = Buffer.from(text, 'base64')
    const pair = key.form === 'der' ? readDer(bytes) : readRaw(bytes)
    // The library leaves the ranges of r and s to its caller.
    if (pair === null || pair.r < 1n || pair.r >= ORDER || pair.s < 1n || pair.s >= ORDER) return false
    const raw = pair.r.toString(16).padStart(64, '0') + pair.s.toString(16).padStart(64, '0')
    try {
      return sm2.doVerifySignature(digestWith(z, message), raw, point)
    } catch {
      return false
    }
  }
}

export interface Sm4 {
  readonly encrypt: (bytes: Uint8Array) => Uint8Array
  /** Throws RangeError for what was not encrypted so. */
  readonly decrypt: (bytes: Uint8Array) => Uint8Array
}

const BLOCK = 16

/** The text of a key as profiles name it: 32 hexadecimal digits, or 16 characters of ASCII. Throws RangeError. */
export const sm4Bytes = (text: string): Uint8Array => {
  if (/^[0-9a-f]{32}$/i.test(text)) return Buffer.from(text, 'hex')
  if (/^[\x20-\x7e]{16}$/.test(text)) return Buffer.from(text, 'latin1')
  throw new RangeError('no SM4 key: 32 hexadecimal digits or 16 characters')
}

/** SM4 with PKCS#7 padding, which is checked here: the library takes a padding of nothing, or of more than a block. */
export const createSm4 = (options: { readonly key: Uint8Array; readonly mode: 'ecb' | 'cbc'; readonly iv: Uint8Array | null }): Sm4 => {
  const { key, mode } = options
  if (key.length !== BLOCK) throw new RangeError('no SM4 key')
  if (mode === 'cbc' && options.iv?.length !== BLOCK) throw new RangeError('cbc needs a first block of 16 bytes')
  const how = { padding: 'none', output: 'array', ...(mode === 'cbc' && options.iv !== null ? { mode, iv: options.iv } : {}) } as const
  return {
    encrypt: (bytes) => {
      const fill = BLOCK - (bytes.length % BLOCK)
      return sm4.encrypt(Buffer.concat([bytes, Buffer.alloc(fill, fill)]), key, how)
    },
    decrypt: (bytes) => {
      if (bytes.length === 0 || bytes.length % BLOCK !== 0) throw new RangeError('no whole blocks')
      const plain = sm4.decrypt(bytes, key, how)
      const fill = plain[plain.length - 1] ?? 0
      if (fill < 1 || fill > BLOCK || plain.subarray(plain.length - fill).some((byte) => byte !== fill)) throw new RangeError('the padding is wrong: another key')
      return plain.subarray(0, plain.length - fill)
    },
  }
}
