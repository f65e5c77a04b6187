import type { BusinessDate, Instant, Quantity } from '../../../electron/contract/index.ts'
import { fen, unitPrice, wholeUnits } from '../../../electron/contract/index.ts'
import type { InsuredBasket, Operator, PlatformInsurance, PlatformPerson, ResolvedCredential, UploadRow } from '../../../electron/core/platform/client.ts'
import { NINE_OCLOCK } from '../../support/database.ts'

/** Made up: region 999999, which is nobody's. */
export const ID_NUMBER = '999999198001019016'
export const operator: Operator = { operatorId: 'C01', operatorName: '测试甲' }
export const insurance: PlatformInsurance = { insuranceType: '310', personType: '11', active: true, balanceFen: fen(150_000), civilServant: false, region: '430100' }
export const person: PlatformPerson = { personNumber: '43000030281000120001', name: '张三丰', idType: '01', idNumber: ID_NUMBER, gender: 'male', ageTenths: 468, insurances: [insurance] }
export const voucher: ResolvedCredential = { kind: 'e-voucher', number: 'EC5d41402abc4b2a76b9719d911017c592', cardSerial: null, idType: '01', idNumber: ID_NUMBER, name: '张三丰' }
export const idCard: ResolvedCredential = { ...voucher, kind: 'id-card', number: ID_NUMBER }
export const socialCard: ResolvedCredential = { ...voucher, kind: 'social-card', number: 'A12345678', cardSerial: '430100D156000005SN0001' }

/** Two packs of one drug and a split pack of another: 24.60 + 4.12. */
export const basket: InsuredBasket = {
  person, insurance, credential: voucher, purchaseKind: 'chronic', diseaseCode: 'M03900', diseaseName: '高血压', useAccount: true, at: NINE_OCLOCK as Instant, totalFen: fen(2872),
  lines: [
    { position: 1, lineId: '01939b00-0000-7000-8000-000000000001', nationalCode: 'XC09CAX089A001010100001', drugId: 'D1', amountFen: fen(2460), quantity: wholeUnits(2), unitPrice: unitPrice(12_300_000), packs: [{ code: '89000000000000000001', split: false }, { code: '89000000000000000002', split: false }] },
    { position: 2, lineId: '01939b00-0000-7000-8000-000000000002', nationalCode: 'ZA01AAG0001010100002', drugId: 'D2', amountFen: fen(412), quantity: 80_000 as Quantity, unitPrice: unitPrice(515_000), packs: [{ code: '89000010000000000009', split: true }] },
  ],
}

export const soldRow: UploadRow = {
  rowKey: 'S-20261121-0001-1', nationalCode: 'XC09CAX089A001010100001', drugId: 'D1', drugName: '缬沙坦胶囊', prescriptionOnly: true, split: false, quantity: wholeUnits(2), unitPrice: unitPrice(12_300_000),
  lotNumber: 'A2401', manufacturedOn: '2026-01-05' as BusinessDate, expiresOn: '2028-01-04' as BusinessDate, barcode: '6999000000017', receiptNumber: '20261121-0001', soldAt: NINE_OCLOCK as Instant,
  sellerName: '测试甲', pharmacistName: '测试乙', pharmacistLicence: 'ZY0000000001', traceCodes: ['89000000000000000001', '89000000000000000002'],
  insured: { setlId: 'S1', visitId: 'V1', personNumber: person.personNumber, idType: '01', idNumber: ID_NUMBER, name: person.name, region: '430100' }, ownVisitId: 'OWN1',
}

/** What the wire looks like for the basket above, written by hand from the official tables. `change` spoils it. */
export const settlementOutput = (messageId: string, change: { setlinfo?: Record<string, unknown>; lines?: (lines: Record<string, unknown>[]) => Record<string, unknown>[]; trial?: boolean } = {}): Record<string, unknown> => {
  const lines: Record<string, unknown>[] = [
    { feedetl_sn: '1', det_item_fee_sumamt: 24.6, cnt: 2, pric: 12.3, pric_uplmt_amt: 0, selfpay_prop: 0.1, fulamt_ownpay_amt: 0, overlmt_amt: 0, preselfpay_amt: 2.46, inscp_scp_amt: 22.14, chrgitm_lv: '02', med_chrgitm_type: '09', memo: '' },
    { feedetl_sn: '2', det_item_fee_sumamt: '4.12', cnt: '8.0000', pric: '0.515000', pric_uplmt_amt: 0.5, selfpay_prop: null, fulamt_ownpay_amt: 0, overlmt_amt: 0.12, preselfpay_amt: 0, inscp_scp_amt: 4, chrgitm_lv: '01', med_chrgitm_type: '11', memo: null },
  ]
  return {
    setlinfo: {
      ...(change.trial === true ? {} : { setl_id: 'SETL1' }), mdtrt_id: 'VISIT1', psn_no: person.personNumber, psn_name: person.name, psn_cert_type: '01', certno: ID_NUMBER, gend: '1', naty: '01', brdy: '1980-01-01', age: 46.8,
      insutype: '310', psn_type: '11', cvlserv_flag: '0', setl_time: '2026-11-21 09:00:01', mdtrt_cert_type: '01', med_type: '14', medfee_sumamt: 28.72, fulamt_ownpay_amt: 0, overlmt_selfpay: 0.12, preselfpay_amt: 2.46,
      inscp_scp_amt: 26.14, act_pay_dedc: 0, hifp_pay: 18.3, pool_prop_selfpay: 0.7, cvlserv_pay: 0, hifes_pay: 0, hifmi_pay: 0, hifob_pay: 0, maf_pay: 0, oth_pay: 0, fund_pay_sumamt: 18.3, psn_part_amt: 10.42, acct_pay: 10,
      psn_cash_pay: 0.42, balc: 1490, acct_mulaid_pay: 0, medins_setl_id: messageId, clr_optins: '', clr_way: '1', clr_type: '14', hosp_part_amt: 0, hifdm_pay: 0, ...change.setlinfo,
    },
    setldetail: [{ fund_pay_type: '310100', inscp_scp_amt: 26.14, crt_payb_lmt_amt: 5000, fund_payamt: 18.3, fund_pay_type_name: '', setl_proc_info: '26.14×0.7' }],
    detlcutinfo: change.lines === undefined ? lines : change.lines(lines),
  }
}
