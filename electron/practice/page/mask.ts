import { isRecord } from '../wire-values.ts'

/** Fields of the wire that say who somebody is (customer, doctor, pharmacist, staff), where they live, or let somebody act for them. In every spelling the tables use. */
const NAMES = /(psn|patn|coner|dr|dor|phar|crter|opter)_name$|(psn|patn|user|operator|[pP]har|dspeer|delver|Dr|crter|[oO]pter)Name$|^(delvConner|adm_diag_dr|bilgDrName)$/
const NUMBERS = /cert_?no$|Certno$|[tT]el$|_?[tT]oken$|^(psn_?no|psn_No|psnNo|patn_id|mdtrt_cert_no|card_?[sS]n|cardNumber|idNo|idNumber|ssn|qr|authNo)$/
const WHOLLY = /^(brdy|birthday|delvAddr|recog_pic|sp_dcla_pic|rxFile|emp_name|addr|delverLng|delverLat|patnHgt|patnWt|ip|mac)$/

export const isPersonal = (code: string): boolean => NAMES.test(code) || NUMBERS.test(code) || WHOLLY.test(code)

const stars = (text: string): string => (text.length <= 6 ? '***' : `${text.slice(0, 2)}***${text.slice(-2)}`)

/** Sentences may repeat a value that stood in the wrong field. An identity number or a voucher is known by its shape; numbers of messages and settlements are nobody's. */
const IN_WORDS = /(?<!\d)(\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|424\d{10,25}|\d{15,20})(?!\d)/g
export const maskedWords = (words: string): string => words.replace(IN_WORDS, (number) => stars(number))
const SENTENCES = /^(err_msg|message|warn_msg|msgRslt|memo)$/

/** `张*`, `99***18`, `***`: enough to tell two apart, too little to find one. */
export const maskedValue = (code: string, value: unknown): unknown => {
  if (value === null || value === undefined || value === '') return value
  if (SENTENCES.test(code) && typeof value === 'string') return maskedWords(value)
  if (!isPersonal(code)) return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return NAMES.test(code) ? `${text.slice(0, 1)}*` : WHOLLY.test(code) ? '***' : stars(text)
}

/** The same tree with its personal values masked. */
export const masked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(masked)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([code, inner]) => [code, isRecord(inner) || Array.isArray(inner) ? masked(inner) : maskedValue(code, inner)]))
}
