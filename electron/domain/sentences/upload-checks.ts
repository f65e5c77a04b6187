import type { PatientReason, UploadCheckName, UploadCheckReason } from '../../contract/ledger.ts'
import type { Template } from './template.ts'

/** What each of the ten checks asks. */
export const checkNames: Readonly<Record<UploadCheckName, readonly [zh: string, en: string]>> = {
  sold: ['已售出', 'Sold'],
  collected: ['药品要采集', 'Code wanted'],
  code: ['码在单上、可发送', 'Code fits'],
  'lot-date': ['批号有生产日期', 'Lot dated'],
  'national-code': ['有医保编码', 'National code'],
  licence: ['有药师证号', 'Licence'],
  settlement: ['医保结算已确认', 'Settlement'],
  order: ['前一次已上报', 'In order'],
  line: ['线路与签到', 'Line and sign-in'],
  taken: ['平台已收下', 'Taken'],
}

export const checksZh = {
  sold: ['已售出', '[{soldAt} |]已售出[，小票 {receiptNumber}|]', ''],
  returned: ['已退回', '[{soldAt} |]已退回[，小票 {receiptNumber}|]', ''],
  'handed-over': ['已交出', '[小票 {receiptNumber} |]已请平台结算，答复未到', '见第 7 项'],
  'not-sold': ['未售出', '这一盒没有售出[，现在是“{packState}”|]，所以没有要上传的', '售出时自动排队上传'],
  'in-open-sale': ['在单中', '还在[小票 {receiptNumber} 的|]单里，没有成交', '成交后自动上传'],
  'not-yet': ['未到', '还没有到这一步', ''],

  coded: ['要采集', '该药逐盒采集追溯码', ''],
  'fetched-code': ['虚拟码', '该药没有追溯码，用平台给的虚拟码', ''],
  'not-collected': ['不采集', '该药[（{drugName}）|]暂不采集追溯码，不用上传', ''],
  'drug-unknown': ['未对药', '台账里不知道这是什么药', '请先在三码映射里对上药品'],

  'code-fits': ['可发送', '码的形式和长度都合平台的表', ''],
  'code-filler': ['固定码', '拆零按本地规定以固定码上报', ''],
  'code-not-sent': ['不报码', '拆零按本地规定不报追溯码，只报数量', ''],
  'not-on-line': ['不在明细', '台账记在[小票 {receiptNumber}|一张单]名下，那张单的明细里却没有这个码 · 上传的明细不会带它', '请打开该单核对'],
  'code-too-wide': ['码太长', '码长 {length} 位，平台这一栏只收 {width} 位', '请联系省平台放宽，或换地区配置'],
  'virtual-code-missing': ['待取码', '同一明细还差 {count} 个虚拟码，取到才能上传', '线路通后自动去取；可现在就上传'],

  'lot-dated': ['有日期', '批号 {lotNumber} 生产日期 {manufacturedOn}', ''],
  'lot-undated': ['缺日期', '批号 {lotNumber} 没有生产日期 · 平台必填，不能编', '请照随货同行单补录'],

  'nationally-coded': ['有编码', '医保编码 {nationalCode}', ''],
  'national-code-missing': ['缺编码', '[{drugName} |该药]没有国家医保编码 · 平台必填', '请药师照医保目录补录'],

  licensed: ['有证号', '有执业药师证号可填', ''],
  'no-licence': ['缺证号', '没有一位在职药师登记了证号 · 平台必填', '请店长补录证号'],

  'self-paid': ['自费', '自费销售，没有医保结算', ''],
  settled: ['已结算', '医保结算已确认，结算号已知', ''],
  cancelled: ['已撤销', '医保结算已撤销', ''],
  'settlement-running': ['结算中', '正在等平台答复', '请稍候，不要重结'],
  'settlement-unconfirmed': ['待确认', '结算的答复没有收到，有没有扣还不知道 · 系统在自动核实或冲正', '可打开该单，现在就问平台'],
  'settlement-parked': ['待人工', '平台不肯冲正，要由店长凭依据裁决', '请打开该单裁决'],
  'settlement-reversed': ['已冲正', '结算已冲正，等于没有卖', ''],
  'settlement-number-missing': ['缺结算号', '医保已结算，但没有结算号 · 照此上传会成自费', '请打开该单对账'],
  'cancel-unconfirmed': ['撤销待确认', '退货的撤销答复没有收到 · 确认前不报退货', '可打开该单，现在就问平台'],

  'first-sale': ['首次', '这一盒此前没有卖过', ''],
  'earlier-told': ['已上报', '此前的销售和退货都已上报', ''],
  'earlier-waiting': ['前次待传', '小票 {receiptNumber} 的上传还在排队，先传它', '会自动依次上传'],
  'earlier-parked': ['前次卡住', '小票 {receiptNumber} 的上传待处理，它不过去这一条不能传', '请看那一张单的十项'],
  'units-free': ['拆零', '拆零销售不分先后', ''],

  online: ['在线', '省平台在线', ''],
  offline: ['离线', '连不上省平台', '线路恢复后自动上传'],
  'sign-in-failed': ['签到失败', '操作员签到没有成功[（{text}）|]，什么都没有发出', '请核对签到后再试'],
  'clock-wrong': ['钟不准', '本机时间与平台[相差 {skew}|不符]，平台不收', '请校准时间后再试'],
  'line-idle': ['未用到', '没有在等线路的上传', ''],

  taken: ['已收下', '平台[于 {soldAt} |]收下', ''],
  sending: ['发送中', '正在发送', ''],
  queued: ['排队', '已排队，还没有发过', '会自动上传；也可现在就传'],
  tried: ['重试中', '试过 {attempts} 次没有成功[：{text}|]', '会自动再试；也可现在就传'],
  refused: ['被拒', '平台不收[：{text}|]', '照平台的话改正后重新上传'],
  'row-invalid': ['内容不合表', '要发送的内容不合平台的表[：{field}|]，没有发出', '改正后重新上传'],
  repaired: ['可重传', '当时缺的资料已经有了', '请重新上传'],
  'blocked-above': ['等上面', '上面有没过的项，过了才会上传', ''],
  'nothing-queued': ['未排队', '售出时没有排进上传', '请在省平台网页补报并留依据'],
  'told-already': ['已上传', '上传时这一项没有问题', ''],
} satisfies Record<UploadCheckReason, Template>

export const checksEn = {
  sold: ['Sold', 'Sold[ at {soldAt}|][, receipt {receiptNumber}|]', ''],
  returned: ['Returned', 'Returned[ at {soldAt}|][, receipt {receiptNumber}|]', ''],
  'handed-over': ['Handed over', '[Receipt {receiptNumber}: |]the platform was asked to settle, no answer yet', 'See check 7'],
  'not-sold': ['Not sold', 'This pack was not sold[: it is {packState}|], so nothing is to be uploaded', 'It is queued by itself when sold'],
  'in-open-sale': ['In a sale', 'Still in an unfinished sale[, receipt {receiptNumber}|]', 'Goes by itself once sold'],
  'not-yet': ['Not yet', 'Not come to this yet', ''],

  coded: ['Collected', 'The code of each pack of this drug is collected', ''],
  'fetched-code': ['Virtual', 'The drug has no code; the platform gave one', ''],
  'not-collected': ['Not collected', 'Codes of this drug[ ({drugName})|] are not collected for now; nothing to upload', ''],
  'drug-unknown': ['No drug', 'The ledger does not know which drug this is', 'Link the drug in the three-code map first'],

  'code-fits': ['Fits', 'The code’s form and length fit the platform’s table', ''],
  'code-filler': ['Fixed code', 'This region reports loose units under one fixed code', ''],
  'code-not-sent': ['No code sent', 'This region reports loose units without a code', ''],
  'not-on-line': ['Not on a line', 'The ledger says [receipt {receiptNumber}|a sale], but no line of it has this code; the upload will not carry it', 'Open the sale and check'],
  'code-too-wide': ['Too long', 'The code has {length} characters, the platform’s field takes {width}', 'Ask the platform to widen it, or change the region profile'],
  'virtual-code-missing': ['Code to fetch', '{count} virtual codes of the same line are still to be fetched', 'Fetched by itself when the line is up; or upload now'],

  'lot-dated': ['Dated', 'Lot {lotNumber}, made on {manufacturedOn}', ''],
  'lot-undated': ['No date', 'Lot {lotNumber} has no manufacture date; the platform requires it and it is never invented', 'Type it from the delivery note'],

  'nationally-coded': ['Coded', 'National code {nationalCode}', ''],
  'national-code-missing': ['No code', '[{drugName}|The drug] has no national code; the platform requires it', 'A pharmacist types it from the catalogue'],

  licensed: ['Licensed', 'A pharmacist’s licence number is known', ''],
  'no-licence': ['No licence', 'No active pharmacist has a licence number; the platform requires one', 'A manager supplies the number'],

  'self-paid': ['Self-paid', 'A self-paid sale has no settlement', ''],
  settled: ['Settled', 'The settlement is confirmed and its number known', ''],
  cancelled: ['Cancelled', 'The settlement was cancelled', ''],
  'settlement-running': ['Settling', 'Waiting for the platform’s answer', 'Wait; do not settle again'],
  'settlement-unconfirmed': ['Unconfirmed', 'The answer was lost; whether it was booked is not known yet. It is being verified or reversed by itself', 'Open the sale to ask the platform now'],
  'settlement-parked': ['Needs a person', 'The platform refused the reversal; a manager decides with evidence', 'Open the sale and decide'],
  'settlement-reversed': ['Reversed', 'The settlement was reversed: nothing was sold', ''],
  'settlement-number-missing': ['No number', 'Settled, but without a settlement number; it would be uploaded as self-paid', 'Open the sale and reconcile'],
  'cancel-unconfirmed': ['Cancel unconfirmed', 'The answer to the cancellation was lost; the return is told once it is confirmed', 'Open the sale to ask the platform now'],

  'first-sale': ['First sale', 'This pack was not sold before', ''],
  'earlier-told': ['Told', 'Its earlier sales and returns were told', ''],
  'earlier-waiting': ['Earlier waits', 'The upload of receipt {receiptNumber} goes first and still waits', 'They go in order by themselves'],
  'earlier-parked': ['Earlier stuck', 'The upload of receipt {receiptNumber} needs a person; this one cannot pass it', 'See the ten checks of that sale'],
  'units-free': ['Split', 'Split sales go in any order', ''],

  online: ['Online', 'The platform is online', ''],
  offline: ['Offline', 'The platform cannot be reached', 'Goes by itself when the line is back'],
  'sign-in-failed': ['Sign-in failed', 'The operator’s sign-in failed[ ({text})|]; nothing was sent', 'Check the sign-in and try again'],
  'clock-wrong': ['Clock wrong', 'This machine’s clock [differs by {skew}|does not agree] and the platform refuses', 'Set the clock and try again'],
  'line-idle': ['Not used', 'No upload waits for the line', ''],

  taken: ['Taken', 'The platform took it[ at {soldAt}|]', ''],
  sending: ['Sending', 'On its way', ''],
  queued: ['Queued', 'Queued, not sent yet', 'Goes by itself; or upload now'],
  tried: ['Trying', 'Tried {attempts} times[: {text}|]', 'Tries again by itself; or upload now'],
  refused: ['Refused', 'The platform refused[: {text}|]', 'Put right what it says, then upload again'],
  'row-invalid': ['Row invalid', 'The row does not fit the platform’s table[: {field}|]; nothing was sent', 'Put it right, then upload again'],
  repaired: ['Can go again', 'What was missing is known now', 'Upload again'],
  'blocked-above': ['Waits', 'Something above is not passed; it goes once that is', ''],
  'nothing-queued': ['Not queued', 'It was not queued when it was sold', 'Report it on the platform’s own page and keep the evidence'],
  'told-already': ['Told', 'Nothing was wrong here when it was uploaded', ''],
} satisfies Record<UploadCheckReason, Template>

/** For the patient's eyes: no blame, no codes. */
export const patientZh = {
  'none-not-sold': ['查不到', '还没有查到销售记录 · 本店没有售出这一盒', '请看药盒是不是刚买的那一盒'],
  'none-waiting': ['暂时查不到', '还没有查到销售记录 · 本店已售出[（小票 {receiptNumber}）|]，正在上报', '请过两天再查；仍查不到请来本店'],
  'none-held-up': ['暂时查不到', '还没有查到销售记录 · 本店已售出[（小票 {receiptNumber}）|]，上报被耽搁，店员正在处理', '请过两天再查；仍查不到请来本店'],
  'none-returned': ['查不到', '这一盒已退回本店，销售记录已撤', ''],
  'none-not-collected': ['查不到', '该药暂不采集追溯码，查不到是正常的', '请凭购药小票'],
  theirs: ['是您的', '一条销售记录，是您的[（{person}）|][，{ago}已上传|]', ''],
  'theirs-self-paid': ['本店售出', '一条销售记录，本店自费售出[（小票 {receiptNumber}）|][，{ago}已上传|] · 自费不记名', '请对小票号'],
  elsewhere: ['不是本店的', '一条销售记录，不是本店的 · 这一盒不该再卖', '请交给店员，不要服用'],
  'elsewhere-and-waiting': ['不是本店的', '已有一条别处的销售记录 · 本店的还没有上报', '请交给店员，不要服用'],
  'return-not-told': ['已退货', '一条销售记录[（小票 {receiptNumber}）|] · 已退货，撤销正在上报', '请过两天再查'],
  'here-and-elsewhere': ['不止一条', '有 {count} 条销售记录，其中有别处的 · 一盒药只该卖一次', '请交给店员，不要服用'],
  'here-twice': ['不止一条', '有 {count} 条本店的销售记录 · 一盒药只该有一条', '请交给店员核对'],
} satisfies Record<PatientReason, Template>

export const patientEn = {
  'none-not-sold': ['Nothing found', 'No sale found: this shop did not sell this pack', 'Check that it is the pack just bought'],
  'none-waiting': ['Nothing yet', 'No sale found yet: sold here[ (receipt {receiptNumber})|], the report is on its way', 'Look again in two days; if nothing then, come to us'],
  'none-held-up': ['Nothing yet', 'No sale found yet: sold here[ (receipt {receiptNumber})|], the report is held up and being dealt with', 'Look again in two days; if nothing then, come to us'],
  'none-returned': ['Nothing found', 'This pack was returned to us and its sale withdrawn', ''],
  'none-not-collected': ['Nothing found', 'Codes of this drug are not collected for now; finding nothing is normal', 'Keep the receipt'],
  theirs: ['Yours', 'One sale, yours[ ({person})|][, uploaded {ago}|]', ''],
  'theirs-self-paid': ['Sold here', 'One sale, self-paid here[ (receipt {receiptNumber})|][, uploaded {ago}|]; it carries no name', 'Compare the receipt number'],
  elsewhere: ['Not ours', 'One sale, not ours: this pack should not be sold again', 'Give it to the staff; do not take it'],
  'elsewhere-and-waiting': ['Not ours', 'A sale elsewhere is known; ours is not reported yet', 'Give it to the staff; do not take it'],
  'return-not-told': ['Returned', 'One sale[ (receipt {receiptNumber})|]: returned, the withdrawal is on its way', 'Look again in two days'],
  'here-and-elsewhere': ['More than one', '{count} sales, one of them elsewhere: a pack is sold only once', 'Give it to the staff; do not take it'],
  'here-twice': ['More than one', '{count} sales of ours: a pack should have one', 'Give it to the staff to check'],
} satisfies Record<PatientReason, Template>
