import type { BLOCKER_CODES } from '../../contract/sale.ts'
import type { Template } from './template.ts'

export type BlockerCode = (typeof BLOCKER_CODES)[number]

export const blockersZh = {
  empty: ['空单', '销售单里还没有药品', '请扫码，或按 F2 查药'],
  'missing-codes': ['缺追溯码', '[{drugName}|有药品][还差 {missing} 盒|还有盒]没有扫追溯码 · 未扫码不能结算', '请扫该药的追溯码，或减少数量；无码库里的药按 F11 两次'],
  'needs-person': ['缺参保人', '医保结算要先读取参保人', '按 F3 读取凭证，或改为自费'],
  'insurance-inactive': ['未正常参保', '所选险种不在正常参保状态', '按 F3 换一个险种，或改为自费'],
  'filing-required': ['缺备案', '没有所选病种的有效备案', '按 F4 换购药类型或病种'],
  'not-entitled': ['无待遇', '平台答复该参保人现在不能享受待遇[：{text}]', '按 F4 换购药类型，或改为自费'],
  'no-shift': ['未开班', '当前没有开着的班次', '按 F10 进入班次，清点备用金后开班'],
  'quote-first': ['先预结算', '还没有预结算，或预结算后本单有改动', '按 F8 预结算'],
  'lot-expired': ['过期', '[{drugName}|有药品]的批号已过有效期[（{expiresOn}）] · 不得销售', '请按 Del 删除该行，换其他批号'],
  'lot-recalled': ['召回', '[{drugName}|有药品][（批号 {lotNumber}）]已被召回 · 不得销售', '请按 Del 删除该行，放不合格品区；换其他批号'],
  'price-zero': ['无价格', '[{drugName}|有药品]的金额是 0', '请店长核对售价后再结算'],
  'needs-prescription': ['需处方', '[{drugName}|有药品]是处方药，还没有处方', '按 F4 登记处方并请药师审核'],
  'upload-waiting': ['上次未传完', '[{drugName}|有药品]退回前的那次销售[（小票 {receiptNumber}）]还没有上传完 · 现在结算会被当作重复销售', '上传完后再结算（F10 上传），或换一盒'],
  'pack-alarmed': ['疑似码', '[{drugName}|有一盒]的追溯码[（末位 {tail}）]有疑点，正在核查 · 不得销售', '请按 Del 删除该行，把这盒放一旁（F10 疑似追溯码）'],
  'pack-unnamed': ['对码已撤销', '[{drugName}|有一盒]的追溯码[（末位 {tail}）]所凭的对码已撤销 · 不知道是不是这个药，不得销售', '请按 Del 删除该行，把这盒放一旁，请药师核对'],
  'claim-stopped': ['审核不过', '[{drugName}：|]医保审核为明确不能支付[（{rule}）] · 不能医保结算', '按 / 看原因；删去该药、退回处方医师，或改为自费'],
  'claim-undecided': ['审核待定', '[{drugName}：|]医保审核有提示[（{rule}）]还没有处理 · 药师处理后才能结算', '按 / 处理：保留并写原因、删行或退回处方医师'],
  'claim-prescriber': ['等医师答复', '[{drugName}：|]已退回处方医师[（{rule}）] · 没有答复前不能医保结算', '有答复后按 / 由药师处理；可先按 F5 挂单'],
  'claim-unchecked': ['审核未做', '医保审核服务没有答复[：{text}] · 本地区规定没有审核不能结算', '按 / 重新审核，或按 F5 挂单'],
  'not-mapped': ['未对照', '[{drugName}|有药品]没有有效的医保目录对照 · 不能医保结算', '请药师在目录对照（F10）里上传，或改为自费'],
} satisfies Record<BlockerCode, Template>

export const blockersEn = {
  empty: ['Empty', 'The sale has no drugs yet', 'Scan, or find a drug with F2'],
  'missing-codes': [
    'Codes missing',
    '[{drugName}|A drug] still lacks trace codes[: {missing}] · unscanned packs are not settled',
    'Scan its packs, or lower the quantity; goods of the uncoded list: F11 twice',
  ],
  'needs-person': ['No person', 'An insured sale needs the insured person first', 'Read the credential with F3, or sell self-paid'],
  'insurance-inactive': ['Not active', 'The chosen insurance is not active', 'Choose another with F3, or sell self-paid'],
  'filing-required': ['No filing', 'There is no valid filing for the chosen disease', 'Change the purchase type or disease with F4'],
  'not-entitled': ['Not entitled', 'The platform says this person has no benefit now[: {text}]', 'Change the purchase type with F4, or sell self-paid'],
  'no-shift': ['No shift', 'No shift is open', 'Open one in F10 after counting the float'],
  'quote-first': ['Trial first', 'There is no trial yet, or the sale changed after it', 'Press F8 for the trial'],
  'lot-expired': ['Expired', '[{drugName}|A drug]: its lot has expired[ ({expiresOn})] · it must not be sold', 'Remove the line with Del and take another lot'],
  'lot-recalled': ['Recalled', '[{drugName}|A drug][ (lot {lotNumber})] was recalled · it must not be sold', 'Remove the line with Del, set the goods aside, take another lot'],
  'price-zero': ['No price', '[{drugName}|A drug] has the amount 0', 'The manager checks its price first'],
  'needs-prescription': ['Prescription', '[{drugName}|A drug] needs a prescription, none is there', 'Register it with F4 and let the pharmacist review it'],
  'upload-waiting': [
    'Upload waiting',
    '[{drugName}|A drug]: the sale before its return[ (receipt {receiptNumber})] is not uploaded yet · settled now it would count as sold twice',
    'Settle once it is uploaded (F10, uploads), or take another pack',
  ],
  'pack-alarmed': [
    'Suspect pack',
    '[{drugName}|A pack]: its trace code[ (ending {tail})] is under suspicion · it must not be sold',
    'Remove the line with Del and set the pack aside (F10, suspect codes)',
  ],
  'pack-unnamed': [
    'Link revoked',
    '[{drugName}|A pack]: the link of its trace code[ (ending {tail})] was revoked · nobody knows that it is this drug, it must not be sold',
    'Remove the line with Del, set the pack aside and let the pharmacist look',
  ],
  'claim-stopped': [
    'Claim refused',
    '[{drugName}: |]the claim check says the fund must not pay[ ({rule})] · not settled with the fund',
    'Press / for the reason; take the drug out, send the prescription back, or sell self-paid',
  ],
  'claim-undecided': [
    'Claim check',
    '[{drugName}: |]the claim check found something[ ({rule})] that nobody decided yet · settled only after that',
    'Press / and keep it with a reason, take the line out, or ask the prescriber',
  ],
  'claim-prescriber': [
    'With prescriber',
    '[{drugName}: |]sent back to the prescriber[ ({rule})] · not settled with the fund before the answer',
    'With the answer press / and let the pharmacist decide; F5 holds the sale',
  ],
  'claim-unchecked': ['Not checked', 'The claim check did not answer[: {text}] · this region settles nothing unchecked', 'Press / and ask again, or hold the sale with F5'],
  'not-mapped': [
    'Not mapped',
    '[{drugName}|A drug] has no mapping to the national catalogue in force · not settled with the fund',
    'The pharmacist uploads it under catalogue mapping (F10), or sell self-paid',
  ],
} satisfies Record<BlockerCode, Template>
