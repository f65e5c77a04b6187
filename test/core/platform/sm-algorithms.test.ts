import { execFileSync, spawnSync } from 'node:child_process'
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import smCrypto from 'sm-crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSm2Signer, createSm2Verifier, createSm4, isSm2PrivateKey, isSm2PublicKey, sm3Hex, sm4Bytes } from '../../../electron/core/platform/sm-algorithms.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const other = smCrypto.sm2
const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')
const text = (words: string): Buffer => Buffer.from(words, 'utf8')
const bytes = fc.uint8Array({ maxLength: 3000 })

/** GM/T 0003.5-2012 annex A: the recommended curve's example. */
const EXAMPLE = {
  privateKey: '3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8',
  publicKey: '0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
  userId: '1234567812345678',
  message: 'message digest',
  r: 'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3',
  s: 'B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
}
const ORDER = 'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123'
const exampleVerifier = createSm2Verifier({ publicKey: EXAMPLE.publicKey, userId: EXAMPLE.userId, form: 'raw' })

describe('SM3', () => {
  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('gives the digest that GM/T 0004-2012 prints for %s', (message, digest) => {
    expect(sm3Hex(text(message))).toBe(digest)
  })

  it('gives what OpenSSL gives for any bytes', () => {
    fc.assert(fc.property(bytes, (message) => {
      expect(sm3Hex(message)).toBe(createHash('sm3').update(message).digest('hex'))
    }))
  })
})

describe('SM4', () => {
  const key = hex('0123456789abcdeffedcba9876543210')

  it('encrypts the block that GM/T 0002-2012 prints', () => {
    const encrypted = createSm4({ key, mode: 'ecb', iv: null }).encrypt(key)
    expect(Buffer.from(encrypted.subarray(0, 16)).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
  })

  it.each(['ecb', 'cbc'] as const)('in %s gives what OpenSSL gives, and reads it back', (mode) => {
    fc.assert(fc.property(bytes, fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.uint8Array({ minLength: 16, maxLength: 16 }), (message, anyKey, anyIv) => {
      const iv = mode === 'cbc' ? anyIv : null
      const ours = createSm4({ key: anyKey, mode, iv })
      const cipher = createCipheriv(`sm4-${mode}`, anyKey, iv)
      const expected = Buffer.concat([cipher.update(message), cipher.final()])
      expect(Buffer.from(ours.encrypt(message)).equals(expected)).toBe(true)
      expect(Buffer.from(ours.decrypt(expected)).equals(Buffer.from(message))).toBe(true)
    }))
  })

  it('refuses what another key made exactly where OpenSSL refuses it', () => {
    const ours = createSm4({ key, mode: 'ecb', iv: null })
    let refused = 0
    for (let round = 0; round < 300; round += 1) {
      const cipher = createCipheriv('sm4-ecb', randomBytes(16), null)
      const foreign = Buffer.concat([cipher.update(randomBytes(40)), cipher.final()])
      const opens = (): boolean => {
        const decipher = createDecipheriv('sm4-ecb', key, null)
        decipher.update(foreign)
        try { decipher.final(); return true } catch { return false }
      }
      if (opens()) expect(() => ours.decrypt(foreign)).not.toThrow()
      else {
        refused += 1
        expect(() => ours.decrypt(foreign)).toThrow(RangeError)
      }
    }
    expect(refused).toBeGreaterThan(200)
    for (const broken of [new Uint8Array(), new Uint8Array(15), new Uint8Array(33)]) expect(() => ours.decrypt(broken)).toThrow(RangeError)
  })

  it('takes a key as 32 hexadecimal digits or 16 characters, and nothing else', () => {
    expect(sm4Bytes('0123456789abcdeffedcba9876543210')).toEqual(key)
    expect(sm4Bytes('practice-sm4-key')).toEqual(text('practice-sm4-key'))
    for (const bad of ['', 'short', '十六个字的密钥一二三四五六七八九', '0'.repeat(31)]) expect(() => sm4Bytes(bad)).toThrow(RangeError)
    expect(() => createSm4({ key, mode: 'cbc', iv: null })).toThrow(RangeError)
  })
})

describe('SM2', () => {
  it('takes the signature that GM/T 0003.5-2012 prints, and no other', () => {
    const signature = (r: string, s: string): string => hex(r + s).toString('base64')
    expect(exampleVerifier(text(EXAMPLE.message), signature(EXAMPLE.r, EXAMPLE.s))).toBe(true)
    expect(exampleVerifier(text('message digesT'), signature(EXAMPLE.r, EXAMPLE.s))).toBe(false)
    expect(exampleVerifier(text(EXAMPLE.message), signature(EXAMPLE.s, EXAMPLE.r))).toBe(false)
    expect(createSm2Verifier({ publicKey: EXAMPLE.publicKey, userId: 'somebody else', form: 'raw' })(text(EXAMPLE.message), signature(EXAMPLE.r, EXAMPLE.s))).toBe(false)
  })

  it('knows r and s outside their range, cut, padded and odd signatures for what they are', () => {
    const zero = '0'.repeat(64)
    const above = (value: string): string => (BigInt(`0x${value}`) + BigInt(`0x${ORDER}`)).toString(16)
    for (const [r, s] of [[zero, EXAMPLE.s], [EXAMPLE.r, zero], [ORDER, EXAMPLE.s], [EXAMPLE.r, ORDER], [zero, zero], [EXAMPLE.r, above('1').padStart(64, '0')]]) {
      expect(exampleVerifier(text(EXAMPLE.message), hex(`${r}${s}`).toString('base64'))).toBe(false)
    }
    const der = createSm2Verifier({ publicKey: EXAMPLE.publicKey, userId: EXAMPLE.userId, form: 'der' })
    const good = createSm2Signer({ privateKey: EXAMPLE.privateKey, userId: EXAMPLE.userId, form: 'der' })(text('m'))
    expect(der(text('m'), good)).toBe(true)
    fc.assert(fc.property(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 80 }).map((raw) => Buffer.from(raw).toString('base64')), fc.constant(`${good}AA`), fc.nat(90).map((at) => good.slice(0, at))), (signature) => {
      expect(der(text('m'), signature)).toBe(signature === good)
      expect(exampleVerifier(text('m'), signature)).toBe(false)
    }))
  })

  it('signs what another library takes, and takes what that library signs, as ASN.1 and as r‖s', () => {
    for (const form of ['der', 'raw'] as const) {
      const how = { hash: true, der: form === 'der', userId: 'YAOGUI-PRACTICE', publicKey: EXAMPLE.publicKey }
      const sign = createSm2Signer({ privateKey: EXAMPLE.privateKey, userId: how.userId, form })
      const verify = createSm2Verifier({ publicKey: EXAMPLE.publicKey, userId: how.userId, form })
      for (let round = 0; round < 12; round += 1) {
        const message = round === 0 ? Buffer.alloc(0) : text('结算'.repeat(round)).subarray(round % 3)
        expect(other.doVerifySignature([...message], Buffer.from(sign(message), 'base64').toString('hex'), EXAMPLE.publicKey, how)).toBe(true)
        expect(verify(message, hex(other.doSignature([...message], EXAMPLE.privateKey, how)).toString('base64'))).toBe(true)
      }
    }
  })

  const openssl = (args: readonly string[]): Buffer => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const hasSm2 = spawnSync('openssl', ['genpkey', '-algorithm', 'SM2']).status === 0
  if (!hasSm2) console.warn('the program openssl is not here or has no SM2: our signatures are held against another library and the printed example only')

  it.skipIf(!hasSm2)('signs what OpenSSL takes, and takes what OpenSSL signs', () => {
    const folder = temporaryFolder()
    const keyFile = path.join(folder, 'key.pem')
    openssl(['genpkey', '-algorithm', 'SM2', '-out', keyFile])
    const printed = openssl(['ec', '-in', keyFile, '-text', '-noout']).toString()
    const digits = (name: string): string => (new RegExp(`${name}:\\s*((?:[0-9a-f]{2}[:\\s]*)+)`).exec(printed)?.[1] ?? '').replace(/[^0-9a-f]/g, '')
    const [privateKey, publicKey] = [digits('priv').padStart(64, '0').slice(-64), digits('pub').slice(0, 130)]
    const publicFile = path.join(folder, 'public.pem')
    writeFileSync(publicFile, openssl(['pkey', '-in', keyFile, '-pubout']))
    const userId = 'CLIENT-0001'
    const sign = createSm2Signer({ privateKey, userId, form: 'der' })
    const verify = createSm2Verifier({ publicKey, userId, form: 'der' })
    const [messageFile, signatureFile] = [path.join(folder, 'message'), path.join(folder, 'signature')]
    for (const message of [text('{"data":{"psn_no":"1"}}'), randomBytes(2048), text('药')]) {
      writeFileSync(messageFile, message)
      const theirs = openssl(['pkeyutl', '-sign', '-rawin', '-digest', 'sm3', '-inkey', keyFile, '-in', messageFile, '-pkeyopt', `distid:${userId}`])
      expect(verify(message, theirs.toString('base64'))).toBe(true)
      expect(verify(Buffer.concat([message, text(' ')]), theirs.toString('base64'))).toBe(false)
      writeFileSync(signatureFile, Buffer.from(sign(message), 'base64'))
      const said = openssl(['pkeyutl', '-verify', '-rawin', '-digest', 'sm3', '-pubin', '-inkey', publicFile, '-in', messageFile, '-sigfile', signatureFile, '-pkeyopt', `distid:${userId}`])
      expect(said.toString()).toContain('Signature Verified Successfully')
    }
  })

  it('says of a key whether it is one', () => {
    expect([EXAMPLE.privateKey, EXAMPLE.privateKey.toLowerCase()].every(isSm2PrivateKey)).toBe(true)
    expect(['', '0'.repeat(64), ORDER, EXAMPLE.privateKey.slice(2), `${EXAMPLE.privateKey.slice(2)}zz`].some(isSm2PrivateKey)).toBe(false)
    const compressed = `03${EXAMPLE.publicKey.slice(2, 66)}`
    expect([EXAMPLE.publicKey, compressed].every(isSm2PublicKey)).toBe(true)
    expect([EXAMPLE.publicKey.slice(2), `${EXAMPLE.publicKey.slice(0, -1)}4`, '04', `05${compressed.slice(2)}`].some(isSm2PublicKey)).toBe(false)
    expect(() => createSm2Signer({ privateKey: '1', userId: 'u', form: 'der' })).toThrow(RangeError)
    expect(() => createSm2Verifier({ publicKey: '1', userId: 'u', form: 'der' })).toThrow(RangeError)
    // The same point, written short.
    const signature = createSm2Signer({ privateKey: EXAMPLE.privateKey, userId: 'u', form: 'der' })(text('m'))
    expect(createSm2Verifier({ publicKey: compressed, userId: 'u', form: 'der' })(text('m'), signature)).toBe(true)
  })
})
