import { z } from 'zod'
import type { InsuredBasket, BasketLine } from '../client.ts'
import { dateTime, decimal, text } from '../wire-fields.ts'
import { SOCIAL_CARD, count, credentialType, flag, localTime, price, whole, yuan } from './wire-values.ts'

/** What a trial (2101) and a settlement (2102) say alike. */

export const purchaseFields = {
  psn_no: text(30),
  mdtrt_cert_type: text(3, 'mdtrt_cert_type'),
  mdtrt_cert_no: text(50),
  card_sn: text(32).optional(),
  psn_cert_type: text(3),
  certno: text(20),
  psn_type: text(3),
  psn_name: text(20),
  begntime: dateTime(),
  medfee_sumamt: decimal(16, 2),
  insutype: text(6, 'insutype'),
  dise_codg: text(30).optional(),
  dise_name: text(500).optional(),
  acct_used_flag: text(1, 'acct_used_flag'),
  med_type: text(6, 'med_type'),
  exp_content: text(4000).optional(),
}
export const lineFields = {
  feedetl_sn: decimal(30, 0),
  rxno: text(30).optional(),
  rx_circ_flag: text(3, 'rx_circ_flag'),
  fee_ocur_time: dateTime(),
  med_list_codg: text(50),
  medins_list_codg: text(150),
  det_item_fee_sumamt: decimal(16, 2),
  cnt: decimal(16, 4),
  pric: decimal(16, 6),
  sin_dos_dscr: text(200).optional(),
  used_frqu_dscr: text(200).optional(),
  prd_days: decimal(4, 2).optional(),
  medc_way_dscr: text(200).optional(),
  bilg_dr_codg: text(30).optional(),
  bilg_dr_name: text(50).optional(),
  tcmdrug_used_way: text(6, 'tcmdrug_used_way').optional(),
  exp_content: text(4000).optional(),
}
export const cardHasSerial = (data: { readonly mdtrt_cert_type: string; readonly card_sn?: string | undefined }): boolean => data.mdtrt_cert_type !== SOCIAL_CARD || data.card_sn !== undefined
export const CARD_SERIAL = { path: ['card_sn'], message: 'required for a social card' }

/** The basket must agree with itself before the platform is asked about it. */
const agrees = (basket: InsuredBasket): boolean =>
  basket.lines.reduce((sum, line) => sum + line.amountFen, 0) === basket.totalFen && new Set(basket.lines.map((line) => line.position)).size === basket.lines.length
export const checkBasket = (basket: InsuredBasket): void => {
  z.custom<InsuredBasket>((value) => agrees(value as InsuredBasket), 'lines do not add up to the total, or two have one position').parse(basket)
}

export const purchaseOf = (basket: InsuredBasket, medType: string) => ({
  psn_no: basket.person.personNumber,
  mdtrt_cert_type: credentialType(basket.credential),
  mdtrt_cert_no: basket.credential.number,
  card_sn: basket.credential.cardSerial ?? undefined,
  psn_cert_type: basket.person.idType,
  certno: basket.person.idNumber,
  psn_type: basket.insurance.personType,
  psn_name: basket.person.name,
  begntime: localTime(basket.at),
  medfee_sumamt: yuan(basket.totalFen),
  insutype: basket.insurance.insuranceType,
  dise_codg: basket.diseaseCode ?? undefined,
  dise_name: basket.diseaseName ?? undefined,
  acct_used_flag: flag(basket.useAccount),
  med_type: medType,
})

export const lineOf = (basket: InsuredBasket, line: BasketLine) => ({
  feedetl_sn: whole(line.position),
  // 外购处方标志: no e-prescription yet, so never from outside.
  rx_circ_flag: '0',
  fee_ocur_time: localTime(basket.at),
  med_list_codg: line.nationalCode,
  medins_list_codg: line.drugId,
  det_item_fee_sumamt: yuan(line.amountFen),
  cnt: count(line.quantity),
  pric: price(line.unitPrice),
})
