import type { ErrorCode, ErrorDetail } from '../../contract/errors.ts'
import type { GoodsReason, PaperProblem } from '../../contract/goods.ts'
import type { PatientReason, UploadCheckReason } from '../../contract/ledger.ts'
import { BLOCKER_CODES } from '../../contract/sale.ts'
import { RETURN_REFUSALS } from '../../contract/returns.ts'
import type { ReturnRefusal } from '../../contract/returns.ts'
import type { VerdictAnswer, VerdictReason } from '../../contract/scan.ts'
import { Instant } from '../../contract/time.ts'
import { fen, Fen } from '../../contract/money.ts'
import { formatFen } from '../amounts.ts'
import { instantToLocal } from '../calendar.ts'
import { maskText } from '../masking.ts'
import type { BlockerCode } from './blockers.ts'
import { blockersEn, blockersZh } from './blockers.ts'
import { checksEn, checksZh, patientEn, patientZh } from './upload-checks.ts'
import { errorsEn } from './errors-en.ts'
import { errorsZh } from './errors-zh.ts'
import { FILE_PROBLEMS } from './file-words.ts'
import { goodsEn, goodsZh, paperEn, paperZh } from './goods.ts'
import type { Language } from './names.ts'
import { nameIfKnown } from './names.ts'
import { returnsEn, returnsZh } from './returns.ts'
import type { Template, ValueOf } from './template.ts'
import { fill } from './template.ts'
import { answersEn, verdictsEn } from './verdicts-en.ts'
import { answersZh, verdictsZh } from './verdicts-zh.ts'

/** word: for the banner and lists · text: what happened · what it means · action: what to do (key). */
export interface Sentence {
  readonly word: string
  readonly text: string
  readonly action: string
}
export interface SentenceCodes {
  readonly error: ErrorCode
  readonly verdict: VerdictReason
  readonly blocker: BlockerCode
  readonly answer: VerdictAnswer
  readonly return: ReturnRefusal
  readonly goods: GoodsReason
  readonly paper: PaperProblem
  readonly check: UploadCheckReason
  readonly patient: PatientReason
}
export type SentenceKind = keyof SentenceCodes

const CATALOGUES: Readonly<Record<Language, Readonly<Record<SentenceKind, Readonly<Record<string, Template>>>>>> = {
  zh: { error: errorsZh, verdict: verdictsZh, blocker: blockersZh, answer: answersZh, goods: goodsZh, paper: paperZh, return: returnsZh, check: checksZh, patient: patientZh },
  en: { error: errorsEn, verdict: verdictsEn, blocker: blockersEn, answer: answersEn, goods: goodsEn, paper: paperEn, return: returnsEn, check: checksEn, patient: patientEn },
}

/** Words for reasons and problems that core names by a key. */
const REASONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  recalled: ['批号已召回', 'the lot was recalled'],
  expired: ['批号已过期', 'the lot has expired'],
  permissions: ['密钥文件的权限太宽', 'others can read the key file'],
  format: ['密钥文件格式不对', 'the key file is malformed'],
  missing: ['密钥文件不见了', 'the key file is gone'],
  unreachable: ['连不上打印机', 'printer not reachable'],
  timeout: ['没有按时回应', 'no reply in time'],
  disk: ['磁盘写不下', 'the disk refused'],
  gone: ['设备程序没有运行', 'the device process is not running'],
  manufacturedOn: ['批号的生产日期', 'the lot’s manufacture date'],
  'pack-ok-provisional': ['按待复核的对码认药', 'identified by a link that waits for review'],
  'pack-ok-returned': ['曾退回本店', 'it came back here once'],
  'never-received-noted': ['没有入库记录，已留痕', 'never received here, noted'],
  'received-by-scan': ['已按随货单收货', 'received by its delivery note'],
  pieces: ['中药饮片暂不采集追溯码', 'decoction pieces are not collected for now'],
  granules: ['中药配方颗粒暂不采集追溯码', 'dispensing granules are not collected for now'],
  'virtual-code': ['该药没有追溯码，按虚拟追溯码上传', 'it has no trace code; a virtual one is uploaded'],
  'not-collected': ['该药暂不采集追溯码', 'its trace codes are not collected for now'],
  'finish-line': ['本行扫齐后再扫这一种', 'scan this line’s packs first'],
  'other-line': ['要卖这一种，按 2 另加一行', 'to sell this one, 2 puts it on a line of its own'],
  'fixed-filler': ['本地区拆零不上传原码', 'this region takes no pack code for loose units'],
  'not-sent': ['本地区拆零不上传追溯码', 'this region takes no trace code for loose units'],
  'misread-empty': ['什么也没有读到', 'nothing was read'],
  'misread-too-long': ['读到的内容太长，不是一个码', 'far too long for one code'],
  'misread-length': ['位数不对，少读或多读了几位', 'the number of digits is wrong: some were lost or doubled'],
  'misread-two-scans': ['两次扫码连成了一个', 'two scans ran into one'],
  'misread-beginning-lost': ['码的开头几位丢了', 'the beginning of the code was lost'],
  'misread-date': ['码里的日期不存在', 'a date in the code does not exist'],
  'misread-check': ['校验位不对，多半是读错', 'its check digit is wrong: most likely a misread'],
  'then-scan': ['请逐盒扫追溯码', 'Now scan each pack’s trace code'],
  'then-quantity': ['核对数量后继续扫码', 'Check the quantity and go on scanning'],
}
const LIST_PROBLEMS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'recall-heading': ['表头应为 product,lot,reason,source', 'the heading must be product,lot,reason,source'],
  'recall-columns': ['应有四列', 'four columns are expected'],
  'recall-product': ['药品为空或太长', 'the product is empty or too long'],
  'recall-lot': ['批号为空或太长，全部批号写 *', 'the lot is empty or too long; every lot is written *'],
  'recall-reason': ['原因为空或太长', 'the reason is empty or too long'],
  'recall-source': ['来源为空或太长', 'the source is empty or too long'],
  'recall-too-large': ['文件太大', 'the file is too large'],
  'recall-not-utf-8': ['不是 UTF-8 编码', 'not UTF-8'],
  'recall-not-csv': ['不是 CSV 文件', 'no CSV file'],
  'list-heading': ['表头应为 code,source,told at', 'the heading must be code,source,told at'],
  'list-columns': ['应有三列', 'three columns are expected'],
  'list-code': ['不是一盒药的追溯码', 'not the trace code of one pack'],
  'list-source': ['来源为空或超过 80 字', 'the source is empty or longer than 80 characters'],
  'list-told-at': ['时间不对', 'a time that cannot be'],
  'list-too-large': ['文件太大', 'the file is too large'],
  'list-not-utf-8': ['不是 UTF-8 编码', 'not UTF-8'],
  'list-not-csv': ['不是 CSV 文件', 'no CSV file'],
}
const LEVELS: Readonly<Record<number, readonly [zh: string, en: string]>> = { 2: ['中', 'inner pack'], 3: ['大', 'carton'] }
const LONGEST_VALUE = 200

const pick = (words: readonly [string, string], language: Language): string => words[language === 'zh' ? 0 : 1]
const shorten = (text: string): string => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text)

const plain = (value: ErrorDetail[string] | undefined): string | null => {
  if (value === undefined || value === null || typeof value === 'boolean' || (typeof value === 'number' && !Number.isFinite(value))) return null
  const text = String(value).trim()
  return text === '' ? null : shorten(text)
}

const soldAt = (detail: ErrorDetail, language: Language): string | null => {
  const said = plain(detail['soldAtText'])
  if (said !== null) return detail['soldToday'] === true ? `${language === 'zh' ? '今天' : 'today'} ${said}` : said
  const instant = Instant.safeParse(detail['soldAt'])
  return instant.success ? instantToLocal(instant.data).slice(0, 16) : null
}

const money = (value: ErrorDetail[string] | undefined): string | null => {
  const parsed = Fen.safeParse(value)
  return parsed.success ? `￥${formatFen(fen(parsed.data))}` : null
}

const duration = (value: ErrorDetail[string] | undefined, language: Language): string | null => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const seconds = Math.round(Math.abs(value) / 1000)
  const [amount, unit] = seconds < 120 ? [seconds, language === 'zh' ? '秒' : 's'] : [Math.round(seconds / 60), language === 'zh' ? '分钟' : 'min']
  return `${amount} ${unit}`
}

/** How long ago, in the largest whole unit. */
const ago = (value: ErrorDetail[string] | undefined, language: Language): string | null => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const minutes = Math.floor(Math.max(0, value) / 60_000)
  if (minutes < 1) return language === 'zh' ? '刚刚' : 'just now'
  const [amount, zh, en] = minutes < 60 ? [minutes, '分钟', 'minute'] : minutes < 48 * 60 ? [Math.floor(minutes / 60), '小时', 'hour'] : [Math.floor(minutes / 1440), '天', 'day']
  return language === 'zh' ? `${amount} ${zh}前` : `${amount} ${en}${amount === 1 ? '' : 's'} ago`
}

/** What stands for a placeholder: the detail's value in words that people know, or null. */
const valueOf =
  (detail: ErrorDetail, language: Language): ValueOf =>
  (name) => {
    switch (name) {
      case 'soldAt':
        return soldAt(detail, language)
      case 'ago':
        return ago(detail['agoMs'], language)
      case 'eventAt': {
        const at = plain(detail['eventAt'])
        return at !== null && detail['eventToday'] === true ? `${language === 'zh' ? '今天' : 'today'} ${at}` : at
      }
      case 'due':
      case 'given':
        return money(detail[`${name}Fen`])
      case 'skew':
        return duration(detail['clockSkewMs'], language)
      case 'text': {
        // The platform's own words; masked once more, because it likes to repeat what it was sent.
        const text = plain(detail['text']) ?? plain(detail['message'])
        return text === null ? null : maskText(text)
      }
      case 'level': {
        const level = LEVELS[Number(detail['level'])]
        return level === undefined ? null : pick(level, language)
      }
      case 'codeKind':
        return nameIfKnown('scanKind', String(detail['codeKind']), language)
      case 'packState':
        return nameIfKnown('packState', String(detail['packState']), language)
      case 'needs':
        return nameIfKnown('role', String(detail['needs']), language)
      case 'status':
        return (
          nameIfKnown('saleStatus', String(detail['status']), language) ??
          nameIfKnown('settlementState', String(detail['status']), language) ??
          nameIfKnown('outboxStatus', String(detail['status']), language)
        )
      case 'also':
      case 'sent':
      case 'why':
      case 'next':
      case 'reason':
      case 'value': {
        const words = REASONS[String(detail[name])]
        return words === undefined ? null : pick(words, language)
      }
      case 'source':
        return nameIfKnown('alarmSource', String(detail['source']), language) ?? plain(detail['source'])
      case 'problem': {
        const words = REASONS[String(detail[name])] ?? LIST_PROBLEMS[String(detail[name])] ?? FILE_PROBLEMS[String(detail[name])]
        return words === undefined ? plain(detail[name]) : pick(words, language)
      }
      default:
        return plain(detail[name])
    }
  }

/** A part left out may leave an English sentence with a small first letter. */
const begin = (text: string, language: Language): string => (language === 'zh' ? text.trim() : text.trim().replace(/^[a-z]/, (letter) => letter.toUpperCase()))

const isBlocker = (value: unknown): value is BlockerCode => (BLOCKER_CODES as readonly unknown[]).includes(value)
const isReturnRefusal = (value: unknown): value is ReturnRefusal => (RETURN_REFUSALS as readonly unknown[]).includes(value)

/** The sentence for a code of the contract's closed lists. Missing values leave their part out; nothing prints `undefined`. */
export const sentence = <K extends SentenceKind>(kind: K, code: SentenceCodes[K], detail: ErrorDetail, language: Language): Sentence => {
  // A blocked sale says what blocks it.
  if (kind === 'error' && code === 'sale.blocked' && isBlocker(detail['blocker'])) return sentence('blocker', detail['blocker'], detail, language)
  if (kind === 'error' && code === 'sale.not-returnable' && isReturnRefusal(detail['reason'])) return sentence('return', detail['reason'], detail, language)
  const template: Template = CATALOGUES[language][kind][code] ?? ['?', code, '']
  const value = valueOf(detail, language)
  return { word: template[0], text: begin(fill(template[1], value), language), action: begin(fill(template[2], value), language) }
}
