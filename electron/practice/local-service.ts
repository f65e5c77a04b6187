import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Province } from './call.ts'
import { practicePeople } from './people.ts'
import type { InsuredPerson } from './people.ts'

/** The vendor's box on the till: decodes vouchers and reads cards. Not the gateway: plain JSON, errors as `{code, message}` with an HTTP status. */
export interface LocalAnswer {
  readonly status: number
  readonly body: unknown
}

const problem = (status: number, message: string): LocalAnswer => ({ status, body: { code: status, message } })

const identityOf = (person: InsuredPerson): { userName: string; idNo: string; idType: string } => ({
  userName: person.name,
  idNo: person.idNumber,
  idType: '01',
})

const VoucherRequest = z.strictObject({
  qr: z.string().min(1).max(200),
  orgId: z.string().min(1).max(40),
  businessType: z.string().length(5),
  operatorId: z.string().min(1).max(20),
  operatorName: z.string().min(1).max(30),
  officeId: z.string().max(20).optional(),
  officeName: z.string().max(30).optional(),
  deviceType: z.string().max(30).optional(),
  businessInfo: z.string().max(200).optional(),
})
const SocialCardRequest = z.strictObject({ cardNumber: z.string().min(1).max(32) })
const IdCardRequest = z.strictObject({ idNumber: z.string().min(1).max(30) })

/** 6101: the QR is a bearer token for a minute; what comes back stands for the person in 1101 and 2102. */
const decodeVoucher = (province: Province, request: z.infer<typeof VoucherRequest>): LocalAnswer => {
  const { store, profile, tables } = province
  if (!profile.institutions.some((institution) => institution.code === request.orgId)) return problem(400, '机构ID(orgId)未登记')
  if (!(tables.dictionary.get('code_biz_type')?.has(request.businessType) ?? false)) return problem(400, '用码业务类型(businessType)不在字典中')
  if (request.businessType !== '02121') return problem(400, '药店购药的用码业务类型(businessType)应为02121')
  const person = practicePeople().find((candidate) => candidate.eVoucher === request.qr)
  if (person === undefined) return problem(404, '医保电子凭证二维码无效或已过期')
  const readings = store.next(`voucher:${person.psnNo}`)
  if (readings > 1 && profile.voucherReadAgain === 'refuse') {
    store.rollback()
    return problem(410, '医保电子凭证二维码已使用,请刷新后重新出示')
  }
  const token = `${person.area}ec${createHash('sha256').update(`${person.eVoucher}:${readings}`).digest('hex').slice(0, 32)}`
  store.put('vouchers', token, { token, psnNo: person.psnNo, at: province.clock() })
  store.commit()
  return { status: 200, body: { ...identityOf(person), ecToken: token, insuOrg: person.area } }
}

const readSocialCard = (request: z.infer<typeof SocialCardRequest>): LocalAnswer => {
  const person = practicePeople().find((candidate) => candidate.socialCard === request.cardNumber)
  return person === undefined
    ? problem(404, '未读到社会保障卡')
    : { status: 200, body: { ...identityOf(person), cardNumber: person.socialCard, cardSn: person.cardSerial } }
}

const readIdCard = (request: z.infer<typeof IdCardRequest>): LocalAnswer => {
  const person = practicePeople().find((candidate) => candidate.idNumber === request.idNumber)
  return person === undefined ? problem(404, '未读到居民身份证') : { status: 200, body: identityOf(person) }
}

const parsed = <T>(schema: z.ZodType<T>, body: unknown, answer: (request: T) => LocalAnswer): LocalAnswer => {
  const request = schema.safeParse(body)
  return request.success
    ? answer(request.data)
    : problem(400, `请求参数错误:${request.error.issues.map((issue) => issue.path.join('.') || issue.message).join(',')}`)
}

/** `path` below /local. */
export const answerLocal = (province: Province, path: string, body: unknown): LocalAnswer => {
  switch (path) {
    case '/ecert':
      return parsed(VoucherRequest, body, (request) => decodeVoucher(province, request))
    case '/social-card':
      return parsed(SocialCardRequest, body, readSocialCard)
    case '/id-card':
      return parsed(IdCardRequest, body, readIdCard)
    default:
      return problem(404, '本地服务不存在')
  }
}
