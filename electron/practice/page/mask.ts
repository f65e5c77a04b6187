import { isRecord } from '../wire-values.ts'

/** Fields of the wire that say who somebody is, where they live, or let somebody act for them. In every spelling the tables use. */
const NAMES = new Set(['psn_name', 'psnName', 'patnName', 'userName', 'coner_name', 'delvConner', 'delverName'])
const NUMBERS = new Set([
  'certno', 'psn_no', 'psnNo', 'psn_No', 'mdtrt_cert_no', 'card_sn', 'cardSn', 'cardNumber', 'idNo', 'idNumber', 'ssn', 'qr', 'ecToken', 'ec_token', 'epcToken', 'authNo', 'tel', 'delverTel',
  'delvConTel', 'delverCertno', 'pharCertno', 'rchkPharCertno', 'dspeerCertno', 'prsc_dr_certno', 'phar_certno', 'prscDrCertno',
])
const WHOLLY = new Set(['brdy', 'birthday', 'delvAddr', 'recog_pic', 'sp_dcla_pic', 'rxFile', 'emp_name', 'addr'])

export const isPersonal = (code: string): boolean => NAMES.has(code) || NUMBERS.has(code) || WHOLLY.has(code)

const stars = (text: string): string => (text.length <= 6 ? '***' : `${text.slice(0, 2)}***${text.slice(-2)}`)

/** `张*`, `99***18`, `***`: enough to tell two apart, too little to find one. */
export const maskedValue = (code: string, value: unknown): unknown => {
  if (value === null || value === undefined || value === '' || !isPersonal(code)) return value
  const text = String(value)
  return NAMES.has(code) ? `${text.slice(0, 1)}*` : WHOLLY.has(code) ? '***' : stars(text)
}

/** The same tree with its personal values masked. */
export const masked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(masked)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([code, inner]) => [code, isRecord(inner) || Array.isArray(inner) ? masked(inner) : maskedValue(code, inner)]))
}
