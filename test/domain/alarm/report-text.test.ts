import { expect, it } from 'vitest'
import type { Alarm, Instant } from '../../../electron/contract/index.ts'
import type { ReportFacts } from '../../../electron/domain/alarm/report-text.ts'
import { reportText } from '../../../electron/domain/alarm/report-text.ts'

const at = Date.UTC(2026, 10, 21, 1, 30) as Instant
const event = (kind: string, minutes: number, receiptNumber: string | null = null) => ({
  at: (at + minutes * 60_000) as Instant,
  kind,
  saleId: null,
  receiptNumber,
  staffName: '练习员',
  document: null,
  note: '',
})
const alarm = {
  alarmId: '01939b00-0000-7000-8000-000000000001',
  code: '89002140000000000001',
  kind: 'sold-elsewhere',
  status: 'open',
  source: 'platform-3513',
  toldAt: at,
  drugName: '阿莫西林胶囊',
  lotNumber: 'A2401',
  packState: 'locked',
  place: '不合格品柜',
  photoCount: 1,
  saleId: null,
  receiptNumber: null,
  spec: '0.25g×24粒',
  maker: '练习制药',
  said: '3513 · P99999900002 · 2024-01-15 08:00:00',
  note: '标签有刮痕',
  toldByName: '练习员',
  delivery: { supplier: '练习医药公司', documentNumber: 'SH-001', receivedOn: '2026-11-14' },
  pack: {
    code: '89002140000000000001',
    state: 'locked',
    drugId: null,
    drugName: '阿莫西林胶囊',
    lotId: null,
    lotNumber: 'A2401',
    expiresOn: '2028-01-01',
    virtual: false,
    unitsLeft: 240_000,
    firstSeenAt: at,
    events: [event('received', -9000), event('put-in-sale', -3), event('taken-from-sale', -2), event('locked', 0), event('sold', 1, '20261121-0007')],
  },
  photos: [{ photoId: '01939b00-0000-7000-8000-000000000002', mediaType: 'image/jpeg', bytes: 10, takenAt: at, takenByName: null }],
  reportedAt: null,
  closedAt: null,
  closedByName: null,
  outcome: null,
  outcomeNote: '',
  outcomes: [],
} as unknown as Alarm
const facts: ReportFacts = { shopName: '药柜练习大药房', institutionCode: 'P99999900001', alarm, at, writtenBy: '练习药师' }

it('says in both languages who reports which pack, where it came from, what was said and where it lies', () => {
  for (const language of ['zh', 'en'] as const) {
    const text = reportText(facts, language)
    for (const part of [
      '药柜练习大药房',
      'P99999900001',
      '阿莫西林胶囊 0.25g×24粒',
      '练习制药',
      '89002140000000000001',
      'A2401',
      '2028-01-01',
      '练习医药公司',
      'SH-001',
      '2026-11-14',
      '2026-11-21 09:30',
      'P99999900002',
      '不合格品柜',
      '标签有刮痕',
      '练习药师',
      '20261121-0007',
    ])
      expect(text).toContain(part)
  }
  expect(reportText(facts, 'zh')).toContain('省平台追溯查询（3513）')
  expect(reportText(facts, 'en')).toContain('the platform (trace query 3513)')
})

it("tells the way of the pack, not the counter's to and fro", () => {
  const text = reportText(facts, 'zh')
  expect(text).toContain('2026-11-21 09:30 锁定')
  expect(text).not.toContain('加入销售单')
})

it('covers numbers of people wherever somebody typed or repeated them', () => {
  const id = '999999198001010118'
  const text = reportText({ ...facts, alarm: { ...alarm, said: `参保人 ${id}`, note: `顾客 ${id} 电话 13800138000`, place: `柜 ${id}` } }, 'zh')
  expect(text).not.toContain(id)
  expect(text).not.toContain('13800138000')
})

it('a pack that this shop never had and a delivery that nobody knows are said so, never invented', () => {
  const text = reportText({ ...facts, alarm: { ...alarm, pack: null, delivery: null, drugName: null, spec: '', maker: '', lotNumber: null } }, 'zh')
  expect(text).toContain('本店没有这一盒的随货记录')
  expect(text).toContain('本店台账中没有这一盒')
  expect(text).toContain('生产企业：不详')
  expect(text).not.toMatch(/undefined|null/)
})

it('a closed one says how it ended', () => {
  expect(reportText({ ...facts, alarm: { ...alarm, outcome: 'handed-to-authority', outcomeNote: '交接单 12 号' } }, 'zh')).toContain(
    '移交监管部门 · 交接单 12 号',
  )
})
