const stars = (count: number): string => '*'.repeat(Math.max(0, count))

/** 张* for two characters, 欧** for more: the first character, never the length of a long name. */
export const maskName = (name: string): string => {
  const characters = Array.from(name.trim())
  const first = characters[0]
  if (first === undefined) return ''
  return characters.length === 1 ? '*' : first + stars(Math.min(2, characters.length - 1))
}

/** 999***********1234: first three and last four; shorter numbers show less, very short ones nothing. */
export const maskId = (id: string): string => {
  const text = id.trim()
  if (text.length >= 11) return text.slice(0, 3) + stars(text.length - 7) + text.slice(-4)
  if (text.length >= 6) return text.slice(0, 1) + stars(text.length - 3) + text.slice(-2)
  return stars(text.length)
}

/** E-voucher and payment codes are bearer tokens for a minute: only the three characters that say whose kind it is. */
export const maskCode = (code: string): string => {
  const text = code.trim()
  return text.length >= 10 ? text.slice(0, 3) + stars(text.length - 3) : stars(text.length)
}

const FULL_WIDTH_DIGIT = /[０-９Ｘｘ]/g
const fold = (text: string): string => text.replace(FULL_WIDTH_DIGIT, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))

/** Whole digit runs only, so that a 20-digit trace code and a 30-character message id stay readable. An AIM prefix such as ]Q1 ends in a digit that is not the run's. */
const START = String.raw`(?<=\][A-Za-z]\d|^|\D)`
const BEARER = new RegExp(String.raw`${START}(?:\d{28}|1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22}|62\d{14,17})(?!\d)|opc\d{25}`, 'gi')
const ID_18 = new RegExp(String.raw`${START}(?:\d{17}[\dXx]|\d{6}[ -]\d{8}[ -]\d{3}[\dXx])(?!\d)`, 'g')
const ID_15 = new RegExp(String.raw`${START}[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)`, 'g')
const MOBILE = new RegExp(String.raw`${START}1[3-9]\d{9}(?!\d)`, 'g')

/**
 * Any text on its way to a log: ID numbers, e-vouchers, payment codes, bank cards and mobile numbers are masked.
 * A run that could be an ID or a payment code is masked as the stricter of the two.
 */
export const maskText = (text: string): string => fold(text).replace(BEARER, maskCode).replace(ID_18, maskId).replace(ID_15, maskId).replace(MOBILE, maskId)
