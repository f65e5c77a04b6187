import type { AlarmKind, AlarmOutcome, AlarmStatus } from '../../contract/alarm.ts'
import type { CatalogueList, CatalogueOutcome } from '../../contract/catalogue.ts'
import type { ClaimAction, ClaimFeedback, ClaimSeverity } from '../../contract/claim-check.ts'
import type { MappingDifference, MappingFilter } from '../../contract/mapping.ts'
import type { CodeRequirement, InsuranceClass } from '../../contract/drug.ts'
import type { LinkKind, LinkSource, LinkTrust } from '../../contract/map.ts'
import type { OutboxKind, OutboxStatus } from '../../contract/outbox.ts'
import type { CredentialKind } from '../../contract/person.ts'
import type { PurchaseKind, SaleStatus, SellUnit, UploadState } from '../../contract/sale.ts'
import type { CounterStep, ScanKind } from '../../contract/scan.ts'
import type { Role, TenderMethod } from '../../contract/session.ts'
import type { SettlementState } from '../../contract/settlement.ts'
import type { LineState } from '../../contract/system.ts'
import type { ReturnedAs } from '../../contract/returns.ts'
import type { PackEventKind, PackState } from '../../contract/trace.ts'
import type { UncodedReason } from '../../contract/uncoded.ts'

export type Language = 'zh' | 'en'
type Name = readonly [zh: string, en: string]

/** The one word that people see for each value of the contract's closed lists. */
const NAMES = {
  saleStatus: {
    open: ['进行中', 'open'],
    held: ['挂单', 'held'],
    settling: ['结算中', 'settling'],
    unconfirmed: ['待确认', 'unconfirmed'],
    due: ['待收款', 'to be paid'],
    closed: ['已完成', 'closed'],
    returning: ['退货中', 'returning'],
    returned: ['已退货', 'returned'],
    reversed: ['已冲正', 'reversed'],
    voided: ['已作废', 'voided'],
  } satisfies Record<SaleStatus, Name>,
  settlementState: {
    draft: ['未结算', 'not settled'],
    quoting: ['预结算中', 'trial running'],
    quoted: ['已预结算', 'trial done'],
    refused: ['被拒', 'refused'],
    settling: ['结算中', 'settling'],
    settled: ['已结算', 'settled'],
    unknown: ['待确认', 'unconfirmed'],
    reversing: ['冲正中', 'reversing'],
    reversed: ['已冲正', 'reversed'],
    cancelling: ['撤销中', 'cancelling'],
    'cancel-unknown': ['撤销待确认', 'cancel unconfirmed'],
    cancelled: ['已撤销', 'cancelled'],
    parked: ['待人工', 'needs a person'],
  } satisfies Record<SettlementState, Name>,
  catalogueList: {
    '1301': ['西药中成药', 'drugs'],
    '1302': ['中药饮片', 'decoction pieces'],
    '1320': ['中药配方颗粒', 'dispensing granules'],
    '1306': ['医用耗材', 'consumables'],
    '1307': ['疾病与诊断', 'diseases'],
    '1309': ['门诊慢特病', 'chronic diseases'],
    '1312': ['医保目录', 'insurance list'],
    '1316': ['目录对应', 'list codes'],
    '1318': ['限价', 'limit prices'],
    '1319': ['先自付比例', 'first self-pay shares'],
  } satisfies Record<CatalogueList, Name>,
  catalogueOutcome: {
    changed: ['已更新', 'updated'],
    'nothing-newer': ['已是最新', 'nothing newer'],
    refused: ['未采用', 'not believed'],
    'not-asked': ['没有拿到', 'not given'],
  } satisfies Record<CatalogueOutcome, Name>,
  outboxKind: {
    'reverse-settlement': ['冲正结算', 'reverse settlement'],
    'cancel-settlement': ['撤销结算', 'cancel settlement'],
    'upload-sale': ['上传销售', 'upload sale'],
    'upload-return': ['上传退货', 'upload return'],
    'claim-feedback': ['反馈审核处理', 'claim feedback'],
  } satisfies Record<OutboxKind, Name>,
  outboxStatus: {
    pending: ['等待', 'waiting'],
    leased: ['发送中', 'sending'],
    done: ['已完成', 'done'],
    parked: ['待处理', 'needs a person'],
  } satisfies Record<OutboxStatus, Name>,
  uploadState: {
    none: ['无需上传', 'nothing to upload'],
    waiting: ['待上传', 'waiting'],
    uploaded: ['已上传', 'uploaded'],
    parked: ['上传待处理', 'needs a person'],
  } satisfies Record<UploadState, Name>,
  packState: {
    'in-stock': ['在库', 'in stock'],
    'in-sale': ['在单中', 'in a sale'],
    sold: ['已售', 'sold'],
    settled: ['已售并结算', 'sold and settled'],
    returned: ['已退回', 'returned'],
    locked: ['已锁定', 'locked'],
    'split-open': ['已拆零', 'open for split sale'],
    destroyed: ['已销毁', 'destroyed'],
    transferred: ['已调出', 'transferred out'],
  } satisfies Record<PackState, Name>,
  packEvent: {
    received: ['入库', 'received'],
    'first-seen': ['首次扫到', 'first seen'],
    'put-in-sale': ['加入销售单', 'put in a sale'],
    'taken-from-sale': ['从单中取出', 'taken from a sale'],
    sold: ['售出', 'sold'],
    settled: ['医保结算', 'settled'],
    uploaded: ['已上传', 'uploaded'],
    returned: ['退回', 'returned'],
    'return-uploaded': ['退货已上传', 'return uploaded'],
    'settlement-reversed': ['结算已冲正', 'settlement reversed'],
    locked: ['锁定', 'locked'],
    'opened-for-split': ['拆开零售', 'opened for split sale'],
    'units-taken': ['拆零售出', 'units sold'],
    'units-returned': ['拆零退回', 'units returned'],
    released: ['解除锁定', 'released'],
    destroyed: ['销毁', 'destroyed'],
    transferred: ['调出', 'transferred out'],
    alarmed: ['报疑', 'alarm raised'],
    'alarm-closed': ['疑点了结', 'alarm closed'],
    counted: ['盘点', 'counted'],
    learned: ['学得对码', 'link learnt'],
    'link-revoked': ['对码撤销', 'link revoked'],
  } satisfies Record<PackEventKind, Name>,
  uncodedReason: {
    'bought-before': ['要求前购入', 'bought before'],
    'made-without': ['出厂无码', 'made without'],
    'code-unreadable': ['码读不出', 'unreadable'],
    'region-list': ['地区无码库', 'region’s list'],
  } satisfies Record<UncodedReason, Name>,
  returnedAs: {
    sellable: ['完好', 'whole'],
    damaged: ['已拆或破损', 'opened or damaged'],
    unscannable: ['码读不出', 'code unreadable'],
  } satisfies Record<ReturnedAs, Name>,
  alarmKind: { 'sold-elsewhere': ['他处已售', 'sold elsewhere'], suspicion: ['可疑', 'suspect'] } satisfies Record<AlarmKind, Name>,
  alarmStatus: { open: ['待处置', 'open'], reported: ['已上报', 'reported'], closed: ['已了结', 'closed'] } satisfies Record<AlarmStatus, Name>,
  alarmOutcome: {
    'genuine-released': ['查清无误，恢复销售', 'cleared, back on sale'],
    'returned-to-supplier': ['退回供货单位', 'returned to the supplier'],
    'handed-to-authority': ['移交监管部门', 'handed to the authority'],
    destroyed: ['销毁', 'destroyed'],
    'left-the-shop': ['已售出，无法收回', 'sold before, gone'],
  } satisfies Record<AlarmOutcome, Name>,
  /** Who told. Lists name themselves in their own words. */
  alarmSource: {
    'alarm-list': ['本店警示名单', 'our own alarm list'],
    'platform-3513': ['省平台追溯查询（3513）', 'the platform (trace query 3513)'],
    'settlement-refused': ['省平台拒绝结算', 'a settlement refused by the platform'],
    'upload-refused': ['省平台拒收上传', 'an upload refused by the platform'],
    counter: ['本店柜台', 'our counter'],
  },
  purchaseKind: {
    pharmacy: ['药店购药', 'pharmacy purchase'],
    chronic: ['门诊慢特病', 'chronic disease'],
    'two-disease': ['门诊两病', 'two diseases'],
    outpatient: ['普通门诊统筹', 'outpatient pooling'],
    'special-drug': ['特药', 'special drug'],
  } satisfies Record<PurchaseKind, Name>,
  tenderMethod: { cash: ['现金', 'cash'], wechat: ['微信', 'WeChat Pay'], alipay: ['支付宝', 'Alipay'], card: ['银行卡', 'bank card'] } satisfies Record<
    TenderMethod,
    Name
  >,
  role: { cashier: ['收银员', 'cashier'], pharmacist: ['药师', 'pharmacist'], manager: ['店长', 'manager'] } satisfies Record<Role, Name>,
  credentialKind: { 'e-voucher': ['医保电子凭证', 'e-voucher'], 'id-card': ['身份证', 'ID card'], 'social-card': ['社保卡', 'social card'] } satisfies Record<
    CredentialKind,
    Name
  >,
  insuranceClass: { A: ['甲', 'A'], B: ['乙', 'B'], none: ['自费', 'self-paid'] } satisfies Record<InsuranceClass, Name>,
  /** The platform's answer per line: 丙 is outside the list. */
  chargeLevel: { A: ['甲', 'A'], B: ['乙', 'B'], C: ['自费', 'self-paid'] } satisfies Record<'A' | 'B' | 'C', Name>,
  codeRequirement: { scan: ['逐盒扫码', 'scan each pack'], virtual: ['虚拟码', 'virtual code'], none: ['不采集', 'not collected'] } satisfies Record<
    CodeRequirement,
    Name
  >,
  sellUnit: { pack: ['整盒', 'whole packs'], unit: ['拆零', 'split'] } satisfies Record<SellUnit, Name>,
  lineState: { unknown: ['未知', 'unknown'], online: ['在线', 'online'], offline: ['离线', 'offline'] } satisfies Record<LineState['state'], Name>,
  counterStep: { drug: ['扫药', 'drugs'], person: ['参保人', 'person'], payment: ['收款', 'payment'] } satisfies Record<CounterStep, Name>,
  scanKind: {
    'drug-trace': ['药品追溯码', 'drug trace code'],
    gs1: ['GS1 码', 'GS1 code'],
    'gs1-partial': ['GS1 半码', 'half a GS1 label'],
    'gs1-ambiguous': ['GS1 码（分隔符丢失）', 'GS1 code, separator lost'],
    'gs1-url': ['GS1 链接', 'GS1 link'],
    udi: ['器械标识', 'device identifier'],
    gtin: ['商品条码', 'product barcode'],
    sscc: ['物流箱标', 'shipping label'],
    placeholder: ['占位码', 'filler'],
    partial: ['仅药品标识', 'identifier only'],
    invalid: ['读码错误', 'misread'],
    unknown: ['未识别', 'unknown'],
    'insurance-ecert': ['医保电子凭证', 'e-voucher'],
    'insurance-openplatform': ['医保开放平台码', 'insurance open-platform code'],
    'wechat-pay': ['微信付款码', 'WeChat payment code'],
    'alipay-pay': ['支付宝付款码', 'Alipay payment code'],
    unionpay: ['银联付款码', 'UnionPay payment code'],
    'id-card': ['身份证号', 'ID number'],
    'rx-trace': ['处方追溯码', 'prescription trace code'],
    'nhsa-drug': ['医保药品编码', 'national drug code'],
    'nhsa-tcm-patent': ['医保中成药编码', 'national patent-medicine code'],
    'nhsa-herb': ['医保饮片编码', 'national piece code'],
    'nhsa-consumable': ['医保耗材编码', 'national consumable code'],
    'nhsa-consumable-partial': ['医保耗材编码前段', 'head of a consumable code'],
    'nmpa-base-code': ['药品本位码', 'base code'],
    'approval-number': ['批准文号', 'approval number'],
  } satisfies Record<ScanKind, Name>,
  linkKind: {
    'trace-identifier': ['追溯码标识', 'trace identifier'],
    barcode: ['商品条码', 'barcode'],
    'national-code': ['医保编码', 'NHSA code'],
    'approval-number': ['批准文号', 'approval number'],
    'base-code': ['本位码', 'base code'],
  } satisfies Record<LinkKind, Name>,
  linkSource: {
    national: ['国家文件', 'national file'],
    chain: ['连锁总部', 'chain'],
    platform: ['平台答复', 'platform'],
    delivery: ['供货单', 'delivery paper'],
    shop: ['本店对码', 'learnt here'],
    item: ['药品档案', 'item record'],
  } satisfies Record<LinkSource | 'item', Name>,
  linkTrust: {
    confirmed: ['已确认', 'confirmed'],
    provisional: ['待复核', 'to review'],
    revoked: ['已撤销', 'revoked'],
  } satisfies Record<LinkTrust, Name>,
  claimSeverity: {
    definite: ['明确违规', 'breach'],
    'highly-suspect': ['高度可疑', 'highly suspect'],
    'slightly-suspect': ['轻度可疑', 'slightly suspect'],
    unstated: ['未注明', 'not graded'],
  } satisfies Record<ClaimSeverity, Name>,
  claimAction: {
    keep: ['已保留', 'kept'],
    'take-out': ['已删行', 'taken out'],
    'ask-prescriber': ['等医师答复', 'with the prescriber'],
  } satisfies Record<ClaimAction, Name>,
  claimFeedback: {
    'not-wanted': ['无需反馈', 'no feedback wanted'],
    waiting: ['待反馈', 'feedback waiting'],
    told: ['已反馈', 'fed back'],
    parked: ['反馈被拒，见上传', 'feedback refused, see uploads'],
  } satisfies Record<ClaimFeedback, Name>,
  mappingStatus: {
    unmapped: ['未对照', 'not mapped'],
    differs: ['不符', 'differs'],
    expired: ['已到期', 'ended'],
    refused: ['被拒', 'refused'],
    'in-force': ['有效', 'in force'],
    'under-way': ['上传中', 'under way'],
    expiring: ['将到期', 'ending soon'],
  } satisfies Record<MappingFilter, Name>,
  mappingDifference: {
    'approval-number': ['批准文号不同', 'other approval number'],
    spec: ['规格不同', 'other strength'],
    'pack-spec': ['包装规格不同', 'other pack'],
    unit: ['单位不同', 'other unit'],
    maker: ['厂家不同', 'other maker'],
    'other-code': ['国家编码不同', 'other national code'],
    'not-in-catalogue': ['国家目录里没有这个编码', 'code not in the national catalogue'],
    'not-valid': ['国家目录里这个编码已失效', 'code no longer valid in the national catalogue'],
    'no-national-code': ['没有国家编码', 'no national code'],
  } satisfies Record<MappingDifference, Name>,
} as const

export type NameArea = keyof typeof NAMES
export type NamedValue<A extends NameArea> = keyof (typeof NAMES)[A] & string

/** The name of a value that is known to be one of the list. */
export const nameOf = <A extends NameArea>(area: A, value: NamedValue<A>, language: Language): string => {
  const name = (NAMES[area] as Readonly<Record<string, Name>>)[value]
  return name === undefined ? value : name[language === 'zh' ? 0 : 1]
}

/** For values from a detail record: null when the list does not have it. */
export const nameIfKnown = (area: NameArea, value: string, language: Language): string | null => {
  const names = NAMES[area] as Readonly<Record<string, Name>>
  return Object.hasOwn(names, value) ? (names[value]?.[language === 'zh' ? 0 : 1] ?? null) : null
}

export const namedValues = (area: NameArea): readonly string[] => Object.keys(NAMES[area])
