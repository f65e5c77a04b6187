import type { Alarm, Instant, PackEventKind } from '../../contract/index.ts'
import { instantToLocal } from '../calendar.ts'
import { maskText } from '../masking.ts'
import type { Language } from '../sentences/names.ts'
import { nameIfKnown, nameOf } from '../sentences/names.ts'

export interface ReportFacts {
  readonly shopName: string
  /** Number and name under which the insurance knows the shop. */
  readonly institutionCode: string
  readonly alarm: Alarm
  readonly at: Instant
  readonly writtenBy: string
}

/** What a bureau asks about a pack's way; the counter's own to and fro is left out. */
const TOLD: ReadonlySet<PackEventKind> = new Set([
  'received',
  'first-seen',
  'sold',
  'settled',
  'uploaded',
  'returned',
  'return-uploaded',
  'settlement-reversed',
  'locked',
  'released',
  'destroyed',
  'transferred',
])

const WORDS = {
  zh: {
    title: '疑似问题药品追溯码情况报告',
    shop: '一、报告单位',
    institution: '定点机构编号',
    drug: '二、药品',
    name: '名称规格',
    maker: '生产企业',
    code: '追溯码',
    lot: '批号',
    expiry: '有效期至',
    supply: '三、来源',
    supplier: '供货单位',
    document: '随货单号',
    receivedOn: '收货日期',
    noDelivery: '本店没有这一盒的随货记录',
    found: '四、发现经过',
    when: '发现时间',
    source: '告知方',
    said: '其说法',
    kind: '性质',
    history: '本店记录',
    never: '本店台账中没有这一盒',
    receipt: '小票',
    now: '五、现状',
    state: '状态',
    place: '存放处',
    photos: '照片',
    photoCount: (count: number) => `${count} 张，另附`,
    note: '情况说明',
    outcome: '处理结果',
    unknown: '不详',
    written: '报告时间',
    by: '经办人',
  },
  en: {
    title: 'Report on a suspect drug trace code',
    shop: '1. Reporting pharmacy',
    institution: 'Institution number',
    drug: '2. Drug',
    name: 'Name and pack',
    maker: 'Maker',
    code: 'Trace code',
    lot: 'Lot',
    expiry: 'Expires',
    supply: '3. Supply',
    supplier: 'Supplier',
    document: 'Delivery document',
    receivedOn: 'Received on',
    noDelivery: 'No delivery paper of this pack is on record here',
    found: '4. How it came to light',
    when: 'When',
    source: 'Told by',
    said: 'In its words',
    kind: 'Nature',
    history: 'Our record',
    never: 'This pack is not in our ledger',
    receipt: 'receipt',
    now: '5. Now',
    state: 'State',
    place: 'Kept at',
    photos: 'Pictures',
    photoCount: (count: number) => `${count}, attached`,
    note: 'Notes',
    outcome: 'Outcome',
    unknown: 'not known',
    written: 'Written',
    by: 'By',
  },
} as const

const minute = (at: Instant): string => instantToLocal(at).slice(0, 16)

/** The words of the source, or what a list calls itself. */
export const alarmSource = (source: string, language: Language): string => nameIfKnown('alarmSource', source, language) ?? maskText(source)

/** Plain text, ready to send to the drug administration or the insurance bureau. Nobody who bought anything is in it; what people typed is masked once more. */
export const reportText = ({ shopName, institutionCode, alarm, at, writtenBy }: ReportFacts, language: Language): string => {
  const w = WORDS[language]
  const { pack, delivery } = alarm
  const colon = language === 'zh' ? '：' : ': '
  const row = (label: string, value: string | null): string => `   ${label}${colon}${value === null || value === '' ? w.unknown : value}`
  const typed = (label: string, value: string): string[] => (value === '' ? [] : [row(label, maskText(value))])
  const history = (pack?.events ?? [])
    .filter((event) => TOLD.has(event.kind))
    .map(
      (event) =>
        `     ${minute(event.at)} ${nameOf('packEvent', event.kind, language)}${event.receiptNumber === null ? '' : ` (${w.receipt} ${event.receiptNumber})`}`,
    )
  return [
    w.title,
    '',
    `${w.shop}${colon}${shopName}`,
    row(w.institution, institutionCode),
    w.drug,
    row(w.name, [alarm.drugName ?? '', alarm.spec].filter((part) => part !== '').join(' ')),
    row(w.maker, alarm.maker),
    row(w.code, alarm.code),
    row(w.lot, alarm.lotNumber),
    row(w.expiry, pack?.expiresOn ?? null),
    w.supply,
    ...(delivery === null
      ? [`   ${w.noDelivery}`]
      : [row(w.supplier, delivery.supplier), row(w.document, delivery.documentNumber), row(w.receivedOn, delivery.receivedOn)]),
    w.found,
    row(w.when, minute(alarm.toldAt)),
    row(w.kind, nameOf('alarmKind', alarm.kind, language)),
    row(w.source, alarmSource(alarm.source, language)),
    ...typed(w.said, alarm.said),
    ...(pack === null ? [`   ${w.never}`] : [`   ${w.history}${colon}`, ...history]),
    w.now,
    ...(pack === null ? [] : [row(w.state, nameOf('packState', pack.state, language))]),
    row(w.place, maskText(alarm.place)),
    ...(alarm.photos.length === 0 ? [] : [row(w.photos, w.photoCount(alarm.photos.length))]),
    ...typed(w.note, alarm.note),
    ...(alarm.outcome === null ? [] : [row(w.outcome, [nameOf('alarmOutcome', alarm.outcome, language), maskText(alarm.outcomeNote)].join(' · '))]),
    '',
    `${w.written}${colon}${minute(at)}    ${w.by}${colon}${writtenBy}`,
    '',
  ].join('\n')
}
