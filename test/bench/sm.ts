import smCrypto from 'sm-crypto'
import { createSm2Signer, createSm2Verifier, createSm4, sm3Hex } from '../../electron/core/platform/sm-algorithms.ts'
import { print, timedSync } from './measure.ts'

/** What a sealed message costs: digest, encryption and signature of 2 kB; and opening its answer. The baseline is the older library that most public clients use. */
const MESSAGE = Buffer.from(JSON.stringify({ data: { rows: Array.from({ length: 16 }, (_, at) => ({ feedetl_sn: String(at + 1), med_list_codg: 'XA02BAF006A001010100269', item: '法莫替丁片', cnt: 2, pric: 12.6, amount: 25.2 })) } })).subarray(0, 2048)
const KEY = { privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8', publicKey: '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13', userId: 'YAOGUI-BENCH' }
const SM4_KEY = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')
const ROUNDS = 25
const OURS_A_ROUND = 20
const OLD_A_ROUND = 2

export const benchSm = (): void => {
  const sign = createSm2Signer({ ...KEY, form: 'der' })
  const verify = createSm2Verifier({ ...KEY, form: 'der' })
  const { encrypt, decrypt } = createSm4({ key: SM4_KEY, mode: 'ecb', iv: null })
  const old = { hash: true, der: true, userId: KEY.userId, publicKey: KEY.publicKey } as const
  const bytes = [...MESSAGE]
  const cipher = encrypt(MESSAGE)
  const cipherHex = Buffer.from(cipher).toString('hex')
  const signature = sign(MESSAGE)
  const signatureHex = Buffer.from(signature, 'base64').toString('hex')
  const seal = (): void => {
    sm3Hex(MESSAGE)
    encrypt(MESSAGE)
    sign(MESSAGE)
  }
  const sealOld = (): void => {
    smCrypto.sm3(bytes)
    smCrypto.sm4.encrypt(bytes, SM4_KEY.toString('hex'))
    smCrypto.sm2.doSignature(bytes, KEY.privateKey, old)
  }
  const open = (): void => {
    decrypt(cipher)
    if (!verify(MESSAGE, signature)) throw new Error('our own signature was refused')
  }
  const openOld = (): void => {
    smCrypto.sm4.decrypt(cipherHex, SM4_KEY.toString('hex'))
    if (!smCrypto.sm2.doVerifySignature(bytes, signatureHex, KEY.publicKey, old)) throw new Error('our signature was refused by the older library')
  }
  for (const [name, ours, theirs] of [['SM3 + SM4 + SM2 signature of 2 kB', seal, sealOld], ['SM4 + SM2 check of a 2 kB answer', open, openOld]] as const) {
    timedSync(ours, OURS_A_ROUND * 3)
    timedSync(theirs, OLD_A_ROUND)
    const rounds = Array.from({ length: ROUNDS }, () => ({ ours: timedSync(ours, OURS_A_ROUND), baseline: timedSync(theirs, OLD_A_ROUND) }))
    print({ name, ours: rounds.map((round) => round.ours), baseline: rounds.map((round) => round.baseline), against: 'sm-crypto 0.5', aim: name.startsWith('SM3') ? '≤ 700 µs' : '' })
  }
}
