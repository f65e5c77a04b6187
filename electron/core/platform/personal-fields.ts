import { maskCode, maskId, maskName } from '../../domain/masking.ts'

/**
 * Which fields of the wire hold what is a person's: names, numbers, tokens, addresses, illnesses. By their ends, without case and underscores,
 * because one paper writes `psn_name`, the next `psnName`; the tables are walked by a test, so that a new field of such a kind is not forgotten.
 */

type Mask = (value: string) => string

const gone: Mask = (value) => `${Array.from(value).length} characters`
const date: Mask = () => '****-**-**'

/** The first whose ends fit. */
const RULES: readonly (readonly [ends: RegExp, mask: Mask])[] = [
  [/(?:brdy|birthday)$/, date],
  // Places and faces, illnesses and bodies: nothing of them helps anybody who reads a log.
  [/(?:addr|address|lat|lng|email|naty|expcontent|cainfo|recogpic|spdclapic|rxfile|rxin|filedata)$/, gone],
  [/(?:dise(?:name|codg|code|no|id)|diag(?:name|code|info|no)|diagdscr|disecond(?:dscr)?|conddscr|algshis|chfcomp|mainsymp|patnage|patnhgt|patnwt|gesoval)$/, gone],
  [/(?:tel|mob|mobile|phone)$/, maskId],
  [/(?:psn|user|emp|opter|operator|patn|phar|dspeer|delver|coner|crter|updter|agnter|chker|rcver|drord|bilgdr|prscdr|atddr|chfpdr|anstdr|operdr|ordersdr|disedor|disedr|dr|dor)name$|^(?:delvconner|admdiagdr|conner)$/, maskName],
  [/(?:certno|idno|idnumber|psnno|patnid|pharno|pharcode|pharcertno|praccertno|practicecertno|drcodg|drcode|drno|atddrno|dorno|fpscno|empno|bankacct|acctno)$/, maskId],
  [/(?:mdtrtcertno|cardsn|cardno|cardnumber|token|authno|authrxno|authcircbizsn|ecindexno|epcqrcd|^qr|qrcode|qrcd|signverifysn|accesskey|secretkey|apikey|clientsecret|sign|signature|originalvalue|originalrxfile)$/, maskCode],
]
/** Named like one of them and nobody's. */
const NOBODYS = new Set(['prodentpname', 'delventpname'])

const known = new Map<string, Mask | null>()

/** How a field's value is shown in a log; null: as it is. */
export const maskOfField = (name: string): Mask | null => {
  let mask = known.get(name)
  if (mask !== undefined) return mask
  const plain = name.toLowerCase().replaceAll('_', '')
  mask = NOBODYS.has(plain) ? null : (RULES.find(([ends]) => ends.test(plain))?.[1] ?? null)
  // Names come from outside: only so many are remembered.
  if (known.size < 2_000) known.set(name, mask)
  return mask
}
