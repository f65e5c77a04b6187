import type { Call, Row } from './call.ts'
import type { InsuredPerson } from './people.ts'
import { refuse } from './refusal.ts'
import { textOf } from './wire-values.ts'

const checkVoucher = (call: Call, person: InsuredPerson, token: string): void => {
  const voucher = call.province.store.shelves.vouchers.get(token)
  if (voucher === undefined) return refuse('医保电子凭证令牌无效')
  if (voucher.psnNo !== person.psnNo) refuse('医保电子凭证与人员信息不一致')
  if (call.now - voucher.at > call.province.profile.voucherTokenMinutes * 60_000) refuse('医保电子凭证令牌已失效,请重新扫码')
}

/** Who stands at the counter: credential, document and name must all be of one person. For 1101, 2101 and 2102. */
export const identify = (call: Call, row: Row): InsuredPerson => {
  const person = textOf(row, 'psn_cert_type') === '01' ? call.province.peopleById.get(textOf(row, 'certno')) : undefined
  if (person === undefined) return refuse('本地查询错误:该参保人的基本信息为空null')
  if (textOf(row, 'psn_name') !== person.name) refuse('人员姓名(psn_name)与证件号码(certno)不一致')
  const number = textOf(row, 'mdtrt_cert_no')
  switch (textOf(row, 'mdtrt_cert_type')) {
    case '01':
      checkVoucher(call, person, number)
      return person
    case '02':
      return number === person.idNumber ? person : refuse('就诊凭证编号(mdtrt_cert_no)与证件号码(certno)不一致')
    default: {
      const serial = textOf(row, 'card_sn')
      if (serial === '') refuse('就诊凭证类型为社会保障卡时卡识别码(card_sn)不能为空')
      return number === person.socialCard && serial === person.cardSerial ? person : refuse('社会保障卡与人员信息不一致')
    }
  }
}
