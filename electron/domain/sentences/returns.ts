import type { ReturnRefusal } from '../../contract/returns.ts'
import type { Template } from './template.ts'

/** Why something cannot be taken back (rules.md §5): what happened · what it means · what to do. */
export const returnsZh = {
  'not-sold': ['没有售出', '小票[ {receiptNumber} ]没有卖出去[，现在是“{status}”] · 没有可退的', '没有结算的单按 F6 取出后作废'],
  unconfirmed: ['待确认', '小票[ {receiptNumber} ]的结算还没有确认 · 现在不能退', '等系统确认后再退；可在销售单与退货（F7）里现在就问平台'],
  returning: ['正在退货', '小票[ {receiptNumber} ]已在退货，等省平台确认撤销 · 不用再退', '确认前不要退款；可在销售单与退货（F7）里现在就问平台'],
  returned: ['已退过', '小票[ {receiptNumber} ]已经退过货 · 一张单只退一次，退货不能撤回', '顾客还要，请重新销售'],
  'too-late': ['超过期限', '[{soldOn} 售出，|][已过 {days} 天 · 本店只在 {returnDays} 天内退货|超过了本店的退货期限]', '不要收回药品；质量问题请质量负责人处理'],
  'no-shift': ['未开班', '当前没有开着的班次 · 不能退款', '按 F10 进入班次，清点备用金后开班'],
  recalled: ['已召回', '[{drugName}|有药品][（批号 {lotNumber}）]已被召回 · 不能退货入库', '按召回流程收回，放不合格品区；请质量负责人处理'],
  expired: ['已过期', '[{drugName}|有药品][（批号 {lotNumber}）]已过有效期[（{expiresOn}）] · 不能退货入库', '不要收回上架；请质量负责人处理'],
  alarm: ['疑点未结', '[{drugName} · |]有没有了结的疑似追溯码 · 查清前不能退', '在“疑似追溯码”中处理后再退'],
  locked: ['已锁定', '[{drugName}|有药品][（批号 {lotNumber}）]的药盒已锁定 · 不能退', '请质量负责人处理'],
  destroyed: ['已销毁', '[{drugName}|有药品][（批号 {lotNumber}）]的药盒登记为已销毁 · 不能退', '核对手里的药盒；请质量负责人处理'],
  transferred: ['已调出', '[{drugName}|有药品][（批号 {lotNumber}）]的药盒已调出本店 · 不能退', '核对手里的药盒；请质量负责人处理'],
  'sold-again': ['不在此单', '[{drugName}|有药品][（批号 {lotNumber}）]的药盒已不在这张单名下 · 不能退', '在“追溯码”中查这盒的经过'],
  'other-sale': ['不是这张单', '这盒不是这张单卖出的[，是小票 {receiptNumber}] · 没有计入', '按 Esc 后找到那张单再退'],
  'not-ours': ['非本店售出', '本店没有卖出过这一盒 · 只退本店售出的药', '不要收回；请顾客去购买的药店'],
  'not-a-pack': ['不是追溯码', '扫到的不是药盒的追溯码 · 没有计入', '请扫药盒上的追溯码'],
  'scanned-already': ['已扫过', '这一盒已经扫过 · 没有重复计入', '请扫下一盒'],
  'packs-missing': ['没有退齐', '[还差 {missing} 盒|还有药盒]没有扫回 · 平台要同样的追溯码，不能只退一部分', '请把每一盒都扫一遍；带不回来的不能退'],
  'needs-manager': ['请店长', '码已读不出的药盒要店长确认', '请店长登录后退货，或换扫码角度再扫'],
  'reason-missing': ['请写原因', '码读不出要写明原因，永久留存', '写明原因后按 Enter'],
} satisfies Record<ReturnRefusal, Template>

export const returnsEn = {
  'not-sold': ['Not sold', 'Receipt[ {receiptNumber}] was never sold[, it is “{status}”] · there is nothing to return', 'Recall an unsettled sale with F6 and void it'],
  unconfirmed: ['Unconfirmed', 'The settlement of receipt[ {receiptNumber}] is not confirmed yet · it cannot be returned now', 'Wait until it is confirmed; sales and returns (F7) can ask the platform now'],
  returning: ['Being returned', 'Receipt[ {receiptNumber}] is being returned, the platform has not confirmed yet · do not return it again', 'Pay nothing out before; sales and returns (F7) can ask the platform now'],
  returned: ['Returned already', 'Receipt[ {receiptNumber}] was returned · a sale is returned once, and a return cannot be undone', 'Sell it anew if the customer wants it'],
  'too-late': ['Too late', '[Sold on {soldOn}, |][{days} days ago · this shop takes goods back for {returnDays} days|longer ago than this shop takes goods back]', 'Do not take the goods; quality defects go to the quality manager'],
  'no-shift': ['No shift', 'No shift is open · no refund is possible', 'Open one in F10 after counting the float'],
  recalled: ['Recalled', '[{drugName}|A drug][ (lot {lotNumber})] was recalled · it cannot go back to the shelf', 'Take it in under the recall, set it aside; ask the quality manager'],
  expired: ['Expired', '[{drugName}|A drug][ (lot {lotNumber})] has expired[ ({expiresOn})] · it cannot go back to the shelf', 'Do not shelve it; ask the quality manager'],
  alarm: ['Alarm open', '[{drugName} · |]a suspected trace code is not settled · no return before it is', 'Close it under suspected codes first'],
  locked: ['Locked', '[{drugName}|A drug][ (lot {lotNumber})]: its pack is locked · it cannot be returned', 'Ask the quality manager'],
  destroyed: ['Destroyed', '[{drugName}|A drug][ (lot {lotNumber})]: its pack is on record as destroyed · it cannot be returned', 'Check the pack in hand; ask the quality manager'],
  transferred: ['Transferred', '[{drugName}|A drug][ (lot {lotNumber})]: its pack left this shop · it cannot be returned', 'Check the pack in hand; ask the quality manager'],
  'sold-again': ['Not of this sale', '[{drugName}|A drug][ (lot {lotNumber})]: its pack is no longer of this sale · it cannot be returned', 'Look at the pack’s life under trace codes'],
  'other-sale': ['Another sale', 'This pack was not sold in this sale[ but in receipt {receiptNumber}] · not counted', 'Esc, then return that sale'],
  'not-ours': ['Not sold here', 'This shop never sold this pack · only what was sold here is taken back', 'Do not take it; send the customer to the shop that sold it'],
  'not-a-pack': ['No trace code', 'What was scanned is no pack’s trace code · not counted', 'Scan the trace code on the pack'],
  'scanned-already': ['Scanned already', 'This pack was scanned already · not counted twice', 'Scan the next pack'],
  'packs-missing': ['Packs missing', '[{missing} packs were|Some packs were] not scanned back · the platform wants the same codes, a part cannot be returned', 'Scan every pack; what is not here cannot be returned'],
  'needs-manager': ['Manager needed', 'A pack whose code cannot be read any more needs the manager’s word', 'Let the manager sign in, or try the scan again'],
  'reason-missing': ['Say why', 'An unreadable code needs a reason, kept for good', 'Type the reason, then Enter'],
} satisfies Record<ReturnRefusal, Template>
