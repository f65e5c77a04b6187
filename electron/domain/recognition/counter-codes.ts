import type { CounterStep } from '../../contract/scan.ts'
import { parseDate } from '../calendar.ts'
import { idVerifies } from './check-digits.ts'
import type { Found, PaymentCode } from './recognised.ts'

/** 9…: residence permits of foreigners and the test region 999999 have the same form. */
const ID_SHAPE = /^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/
const WECHAT = /^1[0-5]\d{16}$/
const ALIPAY = /^(?:2[5-9]|30)\d{14,22}$/
const UNIONPAY = /^62\d{17}$/
/** 424 + 17 unique + 2 random + 2 province + 4 extension (trace-codes.md §2.2). */
const ECERT = /^424\d{25}$/
const OPEN_PLATFORM = /^opc\d{25}$/i

/** First two digits of a region (GB/T 2260). */
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6]|71|8[12])$/
/** No ID number begins so: 10 is no province, nor are 25 to 30. WeChat and Alipay codes do. */
const NO_REGION = /^(?:10|2[5-9]|30)/

const payment = (kind: PaymentCode['kind'], because: string): Found => ({ finding: { kind }, because: [because] })

/**
 * 18 characters: citizen ID or WeChat code (trace-codes.md §2.3). A valid date and a right check character make an ID;
 * the step decides the rest: a mistyped ID must not become a payment code, nor one payment code in 25,000 an ID.
 */
const findEighteen = (text: string, step: CounterStep | undefined, thisYear: number): Found | null => {
  if (!/^\d{17}[\dXx]$/.test(text)) return null
  const realDate = ID_SHAPE.test(text) && !NO_REGION.test(text) && Number(text.slice(6, 10)) <= thisYear && parseDate(text.slice(6, 14)) !== null
  const wechat = WECHAT.test(text)
  if (realDate && idVerifies(text)) {
    return wechat && step === 'payment'
      ? payment('wechat-pay', 'an ID number by its date and check character, but a payment code was awaited')
      : { finding: { kind: 'id-card' }, because: ['18 characters with a real birth date and the right check character'], text: text.toUpperCase() }
  }
  if (step === 'person' && !ALIPAY.test(text)) {
    return realDate
      ? { finding: { kind: 'invalid', error: 'id-check', issuer: null }, because: ['an ID number was awaited and its check character is wrong'] }
      : { finding: { kind: 'invalid', error: 'id-date', issuer: null }, because: ['an ID number was awaited and it holds no birth date'] }
  }
  if (wechat) return payment('wechat-pay', `18 digits from 10 to 15; ${realDate ? 'a date like an ID number, but its check digit is not one' : 'no ID number'}`)
  if (ALIPAY.test(text) || !ID_SHAPE.test(text)) return null
  return idVerifies(text)
    ? {
        finding: { kind: 'invalid', error: 'id-date', issuer: null },
        because: ['an ID number by its form and check character, but nobody was born on such a day'],
      }
    : { finding: { kind: 'invalid', error: 'id-check', issuer: null }, because: ['an ID number by its form, its check character is wrong'] }
}

/** Codes that people carry: e-voucher, ID, payment codes. Null: none of them. */
export const findCounterCode = (text: string, step: CounterStep | undefined, thisYear: number): Found | null => {
  if (ECERT.test(text) || OPEN_PLATFORM.test(text)) {
    const province = text.slice(22, 24)
    const kind = ECERT.test(text) ? 'insurance-ecert' : 'insurance-openplatform'
    return {
      finding: { kind, province },
      because: ['28 characters with the prefix of the insurance e-voucher', ...(PROVINCES.test(province) ? [] : ['its province digits name no province'])],
    }
  }
  const eighteen = findEighteen(text, step, thisYear)
  if (eighteen !== null) return eighteen
  if (ALIPAY.test(text)) return payment('alipay-pay', '16 to 24 digits from 25 to 30')
  return UNIONPAY.test(text) ? payment('unionpay', '19 digits from 62') : null
}
