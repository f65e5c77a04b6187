import { z } from 'zod'
import { KeyReference, Pattern, PlatformUrl } from './fields.ts'

/** The way to the gateway (platform.md §1): four kinds are known, each with what it needs. Keys are references, never values, outside practice. */
const common = {
  url: PlatformUrl.describe('address of the gateway; of a `base-and-infno` gateway the part before the transaction number'),
  privateCa: z.string().nullable().default(null).describe('PEM text of a private certificate authority; null: the well-known ones'),
  keepAliveMs: z.int().min(1).max(600_000).describe('idle connections are given up after this: shorter than the gateway’s own, else a settlement may meet a closing connection'),
  refusedBeforePlatform: z.array(z.string().min(1)).describe('refusal codes outside the envelope that say the call never reached the platform; others leave the outcome open: a gateway also reports a backend’s time-out this way'),
  refusedWordsPattern: Pattern.nullable().default(null).describe('words of a refusal outside the envelope that say the same, for gateways with one code for everything; null: the codes alone decide'),
  clockSkewPattern: Pattern.describe('words of the gateway that say our clock is off'),
}
const timestampUnit = (usual: 'ms' | 's') => z.enum(['ms', 's']).default(usual).describe('the time in the headers: milliseconds (13 digits) or seconds (10)')

/** Service gateway: five signed headers, one path. */
const Csb = z.strictObject({
  kind: z.literal('csb').describe('five signed headers `_api_…`, HMAC-SHA1'),
  ...common,
  apiVersion: z.string().min(1).describe('`_api_version`'),
  accessKey: KeyReference.describe('`_api_access_key`'),
  secretKey: KeyReference.describe('key of the HMAC'),
  timestampUnit: timestampUnit('ms'),
})

/** TIF gateway: four headers, SHA-256. */
const Tif = z.strictObject({
  kind: z.literal('tif').describe('four headers `x-tif-…`, SHA-256'),
  ...common,
  address: z.enum(['one-path', 'base-and-infno']).default('base-and-infno').describe('one path for all calls, or the transaction number behind the address'),
  paasId: KeyReference.describe('`x-tif-paasid`'),
  secretKey: KeyReference.describe('the secret between timestamp and nonce'),
  hexCase: z.enum(['lower', 'upper']).default('lower').describe('letters of the signature; confirmed nowhere, differs by gateway'),
  timestampUnit: timestampUnit('s'),
})

/** Token first, then one path. */
const OAuth = z.strictObject({
  kind: z.literal('oauth').describe('a token is fetched, then `Authorization: Bearer`'),
  ...common,
  token: z.strictObject({
    url: PlatformUrl.describe('where the token is fetched'),
    clientId: KeyReference.describe('`client_id`'),
    clientSecret: KeyReference.describe('`client_secret`'),
    send: z.enum(['form', 'json']).default('form').describe('the request as a form (RFC 6749) or as JSON'),
    lifetimeSeconds: z.int().min(10).max(2_592_000).default(3600).describe('how long a token lives when the answer does not say (`expires_in`)'),
    renewBeforeSeconds: z.int().min(0).max(3600).default(60).describe('a token this close to its end is not used any more'),
  }).describe('the token call, client credentials'),
  tokenRefusedCodes: z.array(z.string().min(1)).default(['401']).describe('codes outside the envelope that refuse the token: it is fetched anew, once, and the same message sent again; nothing reached the platform'),
})

/** Nothing but the address: the envelope itself is signed. */
const Plain = z.strictObject({
  kind: z.literal('plain').describe('no headers; `cainfo` is an SM2 signature over the sorted envelope fields'),
  ...common,
  privateKey: KeyReference.describe('our SM2 private key, 64 hexadecimal digits'),
  userId: z.string().min(1).max(64).default('1234567812345678').describe('user id of the SM2 signature; the standard’s own when nothing else is agreed'),
  signature: z.enum(['der', 'raw']).default('der').describe('the signature as ASN.1 or as r‖s, in Base64'),
})

export const TransportSection = z.discriminatedUnion('kind', [Csb, Tif, OAuth, Plain])
export type TransportSection = z.infer<typeof TransportSection>

/** Signing and encrypting of the message itself (platform.md §3). */
export const SealingSection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none').describe('`input` and `output` in clear, nothing signed') }),
  z.strictObject({ kind: z.literal('sm3').describe('`cainfo` = SM3 of the input’s text') }),
  z.strictObject({
    kind: z.literal('sm2-sm4').describe('`cainfo` = SM3withSM2 of the input’s text, `input` = its SM4; the answer’s `output` the same way'),
    userId: KeyReference.describe('user id of the signatures: the client’s id'),
    privateKey: KeyReference.describe('our SM2 private key, 64 hexadecimal digits'),
    platformPublicKey: KeyReference.describe('the platform’s SM2 public key, 130 hexadecimal digits from 04, or 66 compressed'),
    sm4Key: KeyReference.describe('SM4 key: 32 hexadecimal digits, or a text of 16 characters'),
    mode: z.enum(['ecb', 'cbc']).default('ecb').describe('how SM4 chains its blocks'),
    iv: KeyReference.nullable().default(null).describe('first block of `cbc`, as the key'),
    signature: z.enum(['der', 'raw']).default('der').describe('the signature as ASN.1 or as r‖s, in Base64'),
  }).refine((section) => section.mode === 'ecb' || section.iv !== null, { error: 'cbc needs a first block', path: ['iv'] }),
]).prefault({ kind: 'none' })
export type SealingSection = z.infer<typeof SealingSection>
