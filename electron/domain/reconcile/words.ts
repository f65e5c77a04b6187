import type { Cure, ReconcileDayState } from '../../contract/reconcile.ts'
import type { DifferenceKind } from './books.ts'

export type Language = 'zh' | 'en'
/** What it is called · what it means · what to do. */
type Told = Readonly<Record<Language, readonly [name: string, means: string, todo: string]>>

const KINDS: Readonly<Record<DifferenceKind, Told>> = {
  'settle-booked': {
    zh: ['中心已记账', '结算答复没有收到，中心账上有这一笔 · 基金已付，顾客应付部分尚未收', '核对金额后确认，按中心数据记为已结算'],
    en: ['Booked there', 'Its answer was lost; the province’s books have it · the fund has paid, the patient’s part is not taken yet', 'Compare the amounts and confirm: it is settled with the province’s figures'],
  },
  'settle-void': {
    zh: ['中心未记账', '结算答复没有收到，中心当日完整账目里没有这一笔或已退 · 什么都没有卖出', '核对后确认，按未成交处理，追溯码放回'],
    en: ['Not booked there', 'Its answer was lost; the province’s whole books of the day do not have it, or have its refund · nothing was sold', 'Confirm: nothing was sold, the packs go back'],
  },
  'cancel-booked': {
    zh: ['中心已撤销', '撤销答复没有收到，中心账上有退费 · 撤销已成功', '核对后确认，按已退货记账'],
    en: ['Cancelled there', 'The answer to the cancellation was lost; the province’s books have the refund · it is cancelled', 'Confirm: the return is booked'],
  },
  'cancel-void': {
    zh: ['中心未撤销', '撤销答复没有收到，中心当日完整账目里没有退费 · 原结算仍有效', '核对后确认，原结算保留；仍要退货请重新办理'],
    en: ['Not cancelled there', 'The answer to the cancellation was lost; the province’s whole books have no refund · the settlement stands', 'Confirm: it stays settled; give it back again if it still is to be returned'],
  },
  'settle-missing': {
    zh: ['中心缺结算', '本店已结算，中心账上没有 · 基金不会付这一笔', '带结算编号联系医保经办机构，处理后登记'],
    en: ['Missing there', 'Settled here, not in the province’s books · the fund will not pay it', 'Take its number to the insurance office, then note what was done'],
  },
  'refund-missing': {
    zh: ['中心缺退费', '本店已撤销并退款，中心仍为已结算 · 基金多付一笔', '确认后向中心再次撤销这一笔'],
    en: ['Refund missing there', 'Cancelled and paid back here, still settled there · the fund pays for goods that came back', 'Confirm to have it cancelled there as well'],
  },
  'booked-after-all': {
    zh: ['中心多记账', '本店未成交（已冲正或被拒），中心却有这一笔 · 基金付了没有卖出的药', '确认后向中心再次冲正；被拒时改用撤销'],
    en: ['Booked after all', 'Not sold here (reversed or refused), booked there · the fund pays for what was not sold', 'Confirm to have it reversed there; where that is refused, cancel it'],
  },
  'refunded-there': {
    zh: ['中心已退费', '本店为已结算，中心账上有退费 · 可能在经办窗口被撤销', '联系医保经办机构核实，按结果在本店退货或登记'],
    en: ['Refunded there', 'Settled here, refunded in the province’s books · perhaps cancelled at the office’s own screen', 'Ask the insurance office, then return it here or note what was done'],
  },
  'amount-differs': {
    zh: ['金额不同', '两边都有这一笔，金额不一样 · 以中心为准还是本店有误尚不清楚', '核对两边金额，联系医保经办机构，处理后登记'],
    en: ['Amounts differ', 'Both have it, with different amounts · whose are right is not known', 'Compare them, ask the insurance office, then note what was done'],
  },
  'unknown-to-us': {
    zh: ['本店没有', '中心账上有、本店没有的一笔 · 可能是别的收款机或恢复备份前的数据', '按报文编号查找来源，与经办机构核实后登记'],
    en: ['Unknown here', 'The province has it, this till does not · perhaps another till’s, or from before a backup was restored', 'Find its origin by the message number, then note what was done'],
  },
  'several-there': {
    zh: ['中心有多条', '中心对这一笔有多条明细 · 无法判断哪条有效', '联系医保经办机构清理后重新对账'],
    en: ['Several there', 'The province has it more than once · which one counts is not known', 'Have the insurance office clear it up, then compare again'],
  },
  unclear: {
    zh: ['说明不清', '中心结果里这一行前后矛盾或数据不全 · 不能作为依据', '联系医保经办机构核实，处理后登记或重新对账'],
    en: ['Unclear', 'The province’s row contradicts itself or says too little · it proves nothing', 'Ask the insurance office, then note it or compare again'],
  },
  unexplained: {
    zh: ['合计不平', '合计不一致，明细没有说明原因 · 不能据此判断任何一笔', '稍后重新对账；仍不平请联系医保经办机构'],
    en: ['Sums differ', 'The sums differ and the list does not say why · nothing can be concluded from it', 'Compare again later; if it stays so, ask the insurance office'],
  },
}
/** What is pressed · what happens then. */
const CURES: Readonly<Record<Cure, Readonly<Record<Language, readonly [name: string, does: string]>>>> = {
  'book-here': { zh: ['记为已结算', '按中心数据记账、出库、上传；顾客应付部分待收款'], en: ['Book it here', 'Settled with the province’s figures: stock, codes and uploads follow, the patient’s part is due'] },
  'release-here': { zh: ['记为未成交', '追溯码放回，不出库，不收款'], en: ['Release it here', 'Nothing was sold: the packs go back, no money is taken'] },
  'return-here': { zh: ['记为已退货', '退库、退款记账并上传退货'], en: ['Book the return', 'Stock and money go back, the return is uploaded'] },
  'keep-here': { zh: ['保留结算', '原结算继续有效，不再撤销'], en: ['Keep it settled', 'The settlement stands; nobody cancels it any more'] },
  'cancel-there': { zh: ['向中心撤销', '向省平台发送撤销（2103），同一笔只会撤销一次'], en: ['Cancel it there', 'Asks the province to cancel it (2103); it is cancelled once only'] },
  'reverse-there': { zh: ['向中心冲正', '向省平台发送冲正（2601），按原报文编号，同一笔只会冲正一次'], en: ['Reverse it there', 'Asks the province to reverse it (2601) by its message; it is reversed once only'] },
  'by-hand': { zh: ['人工登记', '不改任何账目，只记录处理经过'], en: ['Note it', 'Changes no books; what was done is written down'] },
}
const DAYS: Readonly<Record<ReconcileDayState, Readonly<Record<Language, string>>>> = {
  'not-over': { zh: '未结束', en: 'not over' },
  'not-yet': { zh: '未对账', en: 'not yet' },
  running: { zh: '对账中', en: 'running' },
  balanced: { zh: '平', en: 'balanced' },
  differs: { zh: '不平', en: 'differs' },
  failed: { zh: '未完成', en: 'failed' },
}

export const differenceWords = (kind: DifferenceKind, language: Language): { readonly name: string; readonly means: string; readonly todo: string } => {
  const [name, means, todo] = KINDS[kind][language]
  return { name, means, todo }
}
export const cureWords = (cure: Cure, language: Language): { readonly name: string; readonly does: string } => {
  const [name, does] = CURES[cure][language]
  return { name, does }
}
export const dayStateWord = (state: ReconcileDayState, language: Language): string => DAYS[state][language]
