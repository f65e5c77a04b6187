import type { InsuredPerson } from '../../../electron/practice/people.ts'
import { dateOf, timeOf } from './shop.ts'
import type { Json, Shop } from './shop.ts'

/** A drug of the catalogue by its place in it: code, and the shop's price in yuan. */
export const DRUGS = {
  /** 甲, limit 7.28 */
  famotidine: { index: 0, code: 'XA02BAF006A001010100269' },
  /** not on the list */
  cimetidine: { index: 1, code: 'XA02BAX011B002010200375' },
  /** 乙 10 %, limit 1.23 */
  omeprazole: { index: 2, code: 'XA02BCA211B003010102066' },
  /** 乙 20 %, diabetes list */
  metforminSlow: { index: 30, code: 'XA10BAE021A010032180463' },
  /** 甲, diabetes list */
  metformin: { index: 29, code: 'XA10BAE021A001010104017' },
  /** 甲, hypertension list, limit 2.33 */
  enalapril: { index: 153, code: 'XC09AAY074A001010101397' },
  /** refused above its limit price 3.60 */
  vitaminB1: { index: 38, code: 'XA11DAW036A001010201815' },
} as const
export type DrugKey = keyof typeof DRUGS

export const traceCode = (drug: DrugKey, serial: number): string => `${8_900_000 + DRUGS[drug].index}1${String(serial).padStart(12, '0')}`

export interface Wanted {
  readonly drug: DrugKey
  readonly count: number
  readonly price: number
  readonly codes?: readonly string[]
  readonly split?: boolean
  readonly amount?: number
  readonly change?: Json
}

const cents = (yuan: number): number => Math.round(yuan * 100) / 100

let serial = 0
export const freshCodes = (drug: DrugKey, count: number): string[] => Array.from({ length: count }, () => traceCode(drug, (serial += 1)))

/** Credential by ID card: needs no reader. */
export const idCard = (who: InsuredPerson): Json => ({
  mdtrt_cert_type: '02',
  mdtrt_cert_no: who.idNumber,
  card_sn: '',
  psn_cert_type: '01',
  certno: who.idNumber,
  psn_name: who.name,
})

export const purchase = (shop: Shop, who: InsuredPerson, wanted: readonly Wanted[], change: Json = {}, settle = true): Json => {
  const rows = wanted.map((line, index) => {
    const sn = String(index + 1)
    const codes = line.codes ?? freshCodes(line.drug, line.split === true ? 1 : line.count)
    return {
      feedetl_sn: sn,
      rxno: '',
      rx_circ_flag: '0',
      fee_ocur_time: timeOf(shop.clock()),
      med_list_codg: DRUGS[line.drug].code,
      medins_list_codg: `ITEM-${DRUGS[line.drug].index}`,
      det_item_fee_sumamt: line.amount ?? cents(line.price * line.count),
      cnt: line.count,
      pric: line.price,
      ...(settle ? { durg_trac_info: codes.map((code) => ({ feedetl_sn: sn, drug_trac_codg: code, trdn_flag: line.split === true ? '1' : '0' })) } : {}),
      ...line.change,
    }
  })
  return {
    druginfo: {
      psn_no: who.psnNo,
      ...idCard(who),
      psn_type: who.insurance.psnType,
      begntime: timeOf(shop.clock()),
      medfee_sumamt: cents(rows.reduce((total, row) => total + Number(row.det_item_fee_sumamt), 0)),
      insutype: who.insurance.insutype,
      dise_codg: '',
      acct_used_flag: '1',
      med_type: '41',
      ...change,
    },
    drugdetail: rows,
  }
}

/** 2101 carries no codes: its table has no such field. */
export const trial = (shop: Shop, who: InsuredPerson, wanted: readonly Wanted[], change: Json = {}): Json => purchase(shop, who, wanted, change, false)

export const area = (who: InsuredPerson): Json => ({ insuplc_admdvs: who.area })

export interface Settled {
  readonly msgid: string
  readonly setlinfo: Json
  readonly input: Json
  readonly output: Json
}

export const settle = async (shop: Shop, who: InsuredPerson, wanted: readonly Wanted[], change: Json = {}): Promise<Settled> => {
  const msgid = shop.newMsgid()
  const input = purchase(shop, who, wanted, change)
  const output = await shop.ok('2102', input, { ...area(who), msgid })
  return { msgid, input, output, setlinfo: output.setlinfo as Json }
}

export const cancelInput = (who: InsuredPerson, setlinfo: Json): Json => ({
  data: { setl_id: setlinfo.setl_id, mdtrt_id: setlinfo.mdtrt_id, psn_no: who.psnNo },
})
export const reverseInput = (who: InsuredPerson, omsgid: string, oinfno = '2102'): Json => ({ data: { psn_no: who.psnNo, omsgid, oinfno } })

let rows = 0
export const newRowKey = (): string => `ROW${String((rows += 1)).padStart(10, '0')}`

/** One sold row of 3505. Self-paid unless the change says otherwise. */
export const soldRow = (shop: Shop, drug: DrugKey, codes: readonly string[], change: Json = {}): Json => ({
  selinfo: {
    med_list_codg: DRUGS[drug].code,
    fixmedins_hilist_id: `ITEM-${DRUGS[drug].index}`,
    fixmedins_hilist_name: '练习药品',
    fixmedins_bchno: newRowKey(),
    prsc_dr_name: '无',
    phar_name: '练习药师',
    phar_prac_cert_no: 'PRACTICE0001',
    setl_id: '',
    mdtrt_sn: 'OWN0000001',
    psn_no: '',
    manu_lotnum: 'A2401',
    manu_date: '2025-01-10',
    expy_end: '2027-12-31',
    rx_flag: '0',
    trdn_flag: '0',
    finl_trns_pric: 5.6,
    rtal_docno: '20261121-0001',
    sel_retn_cnt: codes.length,
    sel_retn_time: timeOf(shop.clock()),
    sel_retn_opter_name: '练习员',
    MDTRT_SETL_TYPE: '2',
    drugtracinfo: codes.map((code) => ({ drug_trac_codg: code })),
    ...change,
  },
})

/** One returned row of 3506. */
export const returnedRow = (shop: Shop, drug: DrugKey, codes: readonly string[], change: Json = {}): Json => ({
  selinfo: {
    med_list_codg: DRUGS[drug].code,
    fixmedins_hilist_id: `ITEM-${DRUGS[drug].index}`,
    fixmedins_hilist_name: '练习药品',
    fixmedins_bchno: newRowKey(),
    setl_id: '',
    psn_no: '',
    manu_lotnum: 'A2401',
    manu_date: '2025-01-10',
    expy_end: '2027-12-31',
    rx_flag: '0',
    trdn_flag: '0',
    sel_retn_cnt: codes.length,
    sel_retn_time: timeOf(shop.clock()),
    sel_retn_opter_name: '练习员',
    mdtrt_sn: 'OWN0000001',
    drugtracinfo: codes.map((code) => ({ drug_trac_codg: code })),
    ...change,
  },
})

export const totalsInput = (shop: Shop, change: Json = {}): Json => ({
  data: {
    insutype: '310',
    clr_type: '41',
    setl_optins: '999900',
    stmt_begndate: dateOf(shop.clock()),
    stmt_enddate: dateOf(shop.clock()),
    medfee_sumamt: 0,
    fund_pay_sumamt: 0,
    acct_pay: 0,
    fixmedins_setl_cnt: 0,
    fixmedins_refd_setl_flag: '0',
    ...change,
  },
})

export const rowResult = (output: Json): { readonly retRslt: string; readonly msgRslt: string } => output.result as { retRslt: string; msgRslt: string }
