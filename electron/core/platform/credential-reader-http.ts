import { Agent, request } from 'undici'
import { z } from 'zod'
import type { Credential } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { cleanMessage } from './clean-message.ts'
import type { CredentialReader } from './credential-reader.ts'
import type { Operator, ResolvedCredential } from './client.ts'
import type { RegionProfile } from './profile.ts'
import { parseWireJson } from './wire-json.ts'

const MAX_ANSWER_BYTES = 100_000
/** 居民身份证, national code table. */
const RESIDENT_ID = '01'

/** Widths of 6101's answer; the voucher's token becomes `mdtrt_cert_no`. */
const person = { userName: z.string().min(1).max(50), idNo: z.string().min(1).max(30), idType: z.string().min(1).max(6) }
const Voucher = z.object({ ...person, ecToken: z.string().min(1).max(50), insuOrg: z.string().max(6).optional() })
const SocialCard = z.object({ ...person, cardNumber: z.string().min(1).max(50), cardSn: z.string().min(1).max(32) })
const IdCard = z.object(person)
const Refusal = z.object({ message: z.string().optional(), msg: z.string().optional(), err_msg: z.string().optional() })

/**
 * Credentials through the local service (platform.md §1: vendor libraries are reached through a helper on this machine). An ID card with a typed name needs no service. Errors: credential.unreadable, credential.expired, credential.name-required.
 */
export const createCredentialReader = ({ profile }: { readonly profile: RegionProfile }): CredentialReader => {
  const { serviceUrl, businessType, timeoutMs, expiredPattern } = profile.credentials
  const expired = new RegExp(expiredPattern, 'u')
  const agent = new Agent({ connect: { timeout: timeoutMs }, keepAliveTimeout: 4000, maxResponseSize: MAX_ANSWER_BYTES })

  const unreadable = (reason: string, cause?: unknown): AppError => new AppError('credential.unreadable', `local credential service: ${reason}`, { reason }, cause)

  const post = async (url: string, question: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly text: string }> => {
    try {
      const response = await request(url, {
        dispatcher: agent, method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(question),
        headersTimeout: timeoutMs, bodyTimeout: timeoutMs, signal: AbortSignal.timeout(timeoutMs),
      })
      return { status: response.statusCode, text: await response.body.text() }
    } catch (error) {
      // The cause may quote the question: it stays out of the error.
      throw unreadable(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'not-reachable')
    }
  }

  const ask = async <T>(path: string, question: Readonly<Record<string, string>>, answer: z.ZodType<T>): Promise<T> => {
    if (serviceUrl === null) throw unreadable('no-service')
    const { status, text } = await post(new URL(path, serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`).href, question)
    let value: unknown
    try {
      value = parseWireJson(text)
    } catch {
      throw unreadable('no-json')
    }
    const parsed = answer.safeParse(value)
    if (status < 300 && parsed.success) return parsed.data
    const refusal = Refusal.safeParse(value)
    const words = refusal.success ? cleanMessage(refusal.data.message ?? refusal.data.msg ?? refusal.data.err_msg ?? '') : ''
    if (expired.test(words)) throw new AppError('credential.expired', 'the credential is no longer valid')
    throw unreadable(status === 404 ? 'not-known' : words === '' ? 'unexpected-answer' : 'refused')
  }

  const resolve = async ({ operatorId, operatorName }: Operator, credential: Credential): Promise<ResolvedCredential> => {
    switch (credential.kind) {
      case 'e-voucher': {
        const found = await ask('ecert', { qr: credential.qr, orgId: profile.institution.code, businessType, operatorId, operatorName }, Voucher)
        return { kind: 'e-voucher', number: found.ecToken, cardSerial: null, idType: found.idType, idNumber: found.idNo, name: found.userName }
      }
      case 'social-card': {
        const found = await ask('social-card', { cardNumber: credential.cardNumber }, SocialCard)
        return { kind: 'social-card', number: found.cardNumber, cardSerial: found.cardSn, idType: found.idType, idNumber: found.idNo, name: found.userName }
      }
      case 'id-card': {
        const { idNumber, name } = credential
        if (name !== undefined && name.trim() !== '') return { kind: 'id-card', number: idNumber, cardSerial: null, idType: RESIDENT_ID, idNumber, name: name.trim() }
        try {
          const found = await ask('id-card', { idNumber }, IdCard)
          return { kind: 'id-card', number: found.idNo, cardSerial: null, idType: found.idType, idNumber: found.idNo, name: found.userName }
        } catch (error) {
          // Nobody who could read the card: the cashier can still type the name printed on it.
          if (error instanceof AppError && error.code === 'credential.unreadable') throw new AppError('credential.name-required', 'the name must be typed', error.detail, error)
          throw error
        }
      }
    }
  }
  return { resolve }
}
