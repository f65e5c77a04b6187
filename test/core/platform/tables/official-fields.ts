import printed from './official-1.1.27.json' with { type: 'json' }

/** The official field tables (tables/official-1.1.27.json, made by build/refresh-platform-data.mjs), read for comparison. */
/** `dictionary`: printed as yes or no; a correction names it. */
export type Field = readonly [code: string, type: string, length: string, required: boolean, dictionary: boolean | string, note?: string]
export interface Node { readonly node: string | null; readonly fields: readonly Field[] }
export interface Transaction { readonly name: string; readonly input: readonly Node[]; readonly output: readonly Node[] }
export const official = printed as unknown as Readonly<Record<string, Transaction>>

export type Kind =
  | { readonly kind: 'text'; readonly width: number | undefined }
  | { readonly kind: 'number'; readonly precision: number | undefined; readonly scale: number | undefined }
  | { readonly kind: 'date' | 'datetime' | 'boolean' | 'bytes' | 'nested' }

/** What is printed as the length: `2,000` and `（16,2）` are the same with the paper's habits. */
const sizes = (length: string): readonly number[] => length.replace(/[（）()]/g, '').split(',').filter((part) => part.trim() !== '').map((part) => Number(part))
const widthOf = (length: string): number | undefined => {
  if (length === '1M') return 1_048_576
  const width = Number(length.replaceAll(',', ''))
  return length === '' || Number.isNaN(width) ? undefined : width
}

/** Types are printed in two languages and five spellings. */
export const kindOf = ([code, type, length, , , note = '']: Field): Kind => {
  switch (type) {
    case 'string': case 'VARCHAR': case '大文本':
      // A text without a width whose note gives the form of a day or of a point of time.
      if (length === '' && note.includes('YYYY-MM-DD')) return { kind: note.includes('HH') ? 'datetime' : 'date' }
      return { kind: 'text', width: widthOf(length) }
    case 'number': case '数值': case '整型': case 'BigDecimal': {
      const [precision, scale = 0] = sizes(length)
      return { kind: 'number', precision, scale: precision === undefined ? undefined : scale }
    }
    case 'date': case '日期': case 'datetime':
      // A day whose note gives hours is a point of time.
      return { kind: type === 'datetime' || /HH/.test(note) ? 'datetime' : 'date' }
    case '布尔型':
      return { kind: 'boolean' }
    case '字节数组':
      return { kind: 'bytes' }
    case '': case 'LIST': case '集合': case '字符串数组': case 'Map<String,String>':
      return { kind: 'nested' }
    default:
      if (type.endsWith('集合')) return { kind: 'nested' }
      throw new Error(`${code}: the test does not know the printed type ${type}`)
  }
}

/** Fields that take their values from a dictionary of another name: the papers say which in words, or write it in capitals and humps. */
const SAME_AS: Readonly<Record<string, string>> = {
  psn_type_lv: 'disa_lv', prsc_dr_cert_type: 'psn_cert_type', phar_cert_type: 'psn_cert_type', rchkPharCertType: 'psn_cert_type', dspeerCertType: 'psn_cert_type', delverCertType: 'psn_cert_type',
  prscDrCertType: 'psn_cert_type', pharCertType: 'psn_cert_type', psnCertType: 'psn_cert_type', idType: 'psn_cert_type', hiFeesetlFlag: 'hi_feesetl_flag', drord_bhvr: 'drord_type', chrg_type: 'med_chrgitm_type',
  Vali_Flag: 'vali_flag', sinDoscrUnt: 'sin_doscr_unt', maindise_flag: 'maindiag_flag', inout_dise_type: 'inout_diag_type',
}
const snake = (code: string): string => code.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
/** Some notes send to a table of the dictionary in words, by its name or without: the field's own. */
const inWords = (note: string): string | undefined => { const [, named] = /参考字典表\s*([a-z_]+)?/.exec(note) ?? []; return named }
export const dictionaryOf = ([code, , , , dictionary, note = '']: Field): string | undefined => typeof dictionary === 'string' ? dictionary || undefined : inWords(note) ?? (dictionary || note.includes('参考字典表') ? SAME_AS[code] ?? (/^[a-z]+[A-Z]/.test(code) ? snake(code) : code) : undefined)
