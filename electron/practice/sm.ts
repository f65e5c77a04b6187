import smCrypto from 'sm-crypto'

/** SM2, SM3 and SM4 of this province: another library than the client's, so that one's mistake is not the other's too. */

const { sm2, sm3, sm4 } = smCrypto
const SIGNATURE = { hash: true, der: true } as const

export const digest = (text: string): string => sm3([...Buffer.from(text, 'utf8')])

/** SM3withSM2 in Base64. */
export const signText = (text: string, key: { readonly privateKey: string; readonly publicKey: string }, userId: string): string =>
  Buffer.from(sm2.doSignature([...Buffer.from(text, 'utf8')], key.privateKey, { ...SIGNATURE, publicKey: key.publicKey, userId }), 'hex').toString('base64')

export const isSigned = (text: string, signature: string, publicKey: string, userId: string): boolean => {
  try {
    return sm2.doVerifySignature([...Buffer.from(text, 'utf8')], Buffer.from(signature, 'base64').toString('hex'), publicKey, { ...SIGNATURE, userId })
  } catch {
    return false
  }
}

/** Base64 of SM4 (ECB, PKCS#7). */
export const encryptText = (text: string, keyHex: string): string => Buffer.from(sm4.encrypt([...Buffer.from(text, 'utf8')], keyHex), 'hex').toString('base64')

/** null: not ours. */
export const decryptText = (cipher: string, keyHex: string): string | null => {
  const bytes = Buffer.from(cipher, 'base64')
  if (bytes.length === 0 || bytes.length % 16 !== 0) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(sm4.decrypt([...bytes], keyHex, { output: 'array' })))
  } catch {
    return null
  }
}
