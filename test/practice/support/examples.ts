import { zipRows } from '../../../electron/practice/files.ts'
import { writtenPrescriptions } from '../../../electron/practice/prescriptions.ts'
import { area, DRUGS, freshCodes, settle, soldRow } from './messages.ts'
import { asRead, dictionary } from './paper.ts'
import type { PaperField, PaperNode } from './paper.ts'
import { dateOf, person, timeOf } from './shop.ts'
import type { Json, Shop } from './shop.ts'

export interface Example {
  readonly input: Json
  readonly change: Json
}

const valueOf = (shop: Shop, field: PaperField, nodes: readonly PaperNode[]): unknown => {
  const nested = nodes.find((node) => node.nested === true && node.node === field.code)
  if (nested !== undefined) return nested.rows === 'many' ? [rowOf(shop, nested, nodes)] : rowOf(shop, nested, nodes)
  switch (field.kind) {
    case 'text':
      return field.dictionary === undefined ? 'x' : ([...(dictionary.get(field.dictionary) ?? ['1'])][0] ?? '1')
    case 'number':
      return 1
    case 'date':
      return dateOf(shop.clock())
    case 'datetime':
      return timeOf(shop.clock())
    case 'boolean':
      return true
    default:
      return 'eA=='
  }
}
const rowOf = (shop: Shop, node: PaperNode, nodes: readonly PaperNode[]): Json => Object.fromEntries(node.fields.map((field) => [field.code, valueOf(shop, field, nodes)]))

/** A message with every field of the tables filled by its kind alone; `rows` says what the business wants of single fields. */
export const filled = (shop: Shop, infno: string, rows: Readonly<Record<string, Json>> = {}): Json => {
  const nodes = asRead[infno]!.input
  const input: Json = {}
  for (const node of nodes) {
    if (node.nested === true) continue
    const name = node.node ?? ''
    // What is laid over goes where the table has it: the forms of one family share their rows.
    const over = Object.entries(rows[name] ?? {}).filter(([code]) => node.fields.some((field) => field.code === code))
    const row = { ...rowOf(shop, node, nodes), ...Object.fromEntries(over) }
    if (name === '') Object.assign(input, row)
    else input[name] = node.rows === 'many' ? [row] : row
  }
  return input
}

let next = 0
const fresh = (prefix: string): string => `${prefix}${String((next += 1)).padStart(8, '0')}`
const SHOP = 'P99999900001'
const famotidine = { med_list_codg: DRUGS.famotidine.code }

const stock = (): Json => ({ ...famotidine, fixmedins_bchno: fresh('B'), rx_flag: '0', manu_date: '2025-01-10', expy_end: '2027-12-31', medins_prod_purc_no: '', trdn_flag: '0' })
const tracs = (): Json => ({ drugtracinfo: freshCodes('famotidine', 1).map((drug_trac_codg) => ({ drug_trac_codg })) })

const bought = async (shop: Shop): Promise<string> => {
  const rowKey = fresh('B')
  await shop.ok('3503', filled(shop, '3503', { purcinfo: { ...stock(), fixmedins_bchno: rowKey } }))
  return rowKey
}

/** A question about stock with only the keys that make it one: every other key filled must match. */
const asked = (shop: Shop, infno: string, more: Json): Json => {
  const empty = Object.fromEntries(asRead[infno]!.input[0]!.fields.map((field) => [field.code, '']))
  return { data: { ...empty, fixmedins_code: SHOP, begndate: '2026-01-01', enddate: dateOf(shop.clock()), ...more } }
}

/** `token` of the e-voucher a person shows. */
export const voucherOf = async (shop: Shop, key: string): Promise<string> => {
  const response = await fetch(`${shop.localServiceUrl}/ecert`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ qr: person(key).eVoucher, orgId: SHOP, businessType: '02121', operatorId: '1001', operatorName: '练习员' }),
  })
  return String(((await response.json()) as Json).ecToken)
}

const rx = (index: number): ReturnType<typeof writtenPrescriptions>[number] => writtenPrescriptions()[index]!

/** One step of a prescription's life: granted, downloaded, verified, reviewed, dispensed. Undoes what an earlier example took. */
const prescription = async (shop: Shop): Promise<{ token: string; auth: string; data: Json; verification: string; review: string; hiRxno: string; drug: string }> => {
  const { hiRxno, qr, drugs } = rx(0)
  await shop.call('7208', { data: { hiRxno, fixmedinsCode: SHOP, hiFeesetlFlag: '', selStooutSn: '' } })
  const granted = (await shop.ok('7203', filled(shop, '7203', { data: { epcQrcd: qr, fixmedinsCode: SHOP } }))).data as Json
  const [token, auth] = [String(granted.epcToken), String(granted.authRxno)]
  const { data } = (await shop.ok('7204', filled(shop, '7204', { data: { epcToken: token, authRxno: auth, fixmedinsCode: SHOP } }))) as { data: Json }
  const genuine = { hiRxno, fixmedinsCode: SHOP, rxTraceCode: data.rxTraceCode, rxFile: data.rxFile, epcToken: token }
  const verified = (await shop.ok('7205', { data: genuine })).data as Json
  const verification = String(verified.rxSignVerifySn)
  const reviewed = (await shop.ok('7206', filled(shop, '7206', { data: { hiRxno, epcToken: token, fixmedinsCode: SHOP, rxChkStasCodg: '1', rxSignVerifySn: verification } }))).data as Json
  return { token, auth, data, verification, review: String(reviewed.rxChkBizSn), hiRxno, drug: drugs[0]!.code }
}
const dispense = (shop: Shop, step: { hiRxno: string; review: string; drug: string }): Json =>
  filled(shop, '7207', {
    data: { hiRxno: step.hiRxno, fixmedinsCode: SHOP, rxChkBizSn: step.review, hiFeesetlFlag: '1' },
    rxSaleDrugDetl: { medListCodg: step.drug, drugTotlcnt: 1, drugTotlcntEmp: '盒' },
  })

/** A basket for the claim check: one line of twelve packs, two more than the rules take in silence. `orders`: laid over the line, one more line each. */
export const claimInput = (shop: Shop, infno: string, change: { readonly who?: string; readonly visit?: Json; readonly orders?: readonly Json[] } = {}): Json => {
  const who = person(change.who ?? 'retired-chronic')
  const input = filled(shop, infno)
  const patient = ((input.data as Json).patient_dtos as Json[])[0]!
  const visit = (patient.fsi_encounter_dtos as Json[])[0]!
  const line = (visit.fsi_order_dtos as Json[])[0]!
  Object.assign(patient, { patn_id: who.psnNo, patn_name: who.name, gend: who.gender, brdy: who.born, poolarea: who.area, curr_mdtrt_id: 'V1' })
  const orders = (change.orders ?? [{ cnt: 12 }]).map((order, index) => ({ ...line, rx_id: `line-${index + 1}`, hilist_code: DRUGS.famotidine.code, hilist_name: '法莫替丁片', hilist_type: '101', spec_unt: '盒', cnt: 1, sumamt: 5.6, ...order }))
  Object.assign(visit, { mdtrt_id: 'V1', medins_id: SHOP, fsi_order_dtos: orders, medfee_sumamt: Math.round(orders.reduce((sum, order) => sum + Number(order.sumamt), 0) * 100) / 100, ...change.visit })
  return input
}

export const mappingRow = (shop: Shop, change: Json = {}): Json => ({
  ...((filled(shop, '3301').data as Json[])[0]), fixmedins_hilist_id: 'ITEM-0', fixmedins_hilist_name: '法莫替丁片', list_type: '101', med_list_codg: DRUGS.famotidine.code, begndate: '2026-01-01', enddate: '2099-12-31', aprvno: '国药准字H41023392', ...change,
})

const stranger = person('other-region')
const order = async (shop: Shop): Promise<Json> =>
  filled(shop, '2166', {
    '': {
      ec_token: await voucherOf(shop, 'other-region'),
      fixmedins_code: SHOP,
      insuplc: stranger.area,
      mdtrtarea: '999900',
      psn_no: stranger.psnNo,
      ssn: stranger.idNumber,
      psn_name: stranger.name,
      gend: stranger.gender,
      brdy: stranger.born,
      mdtrtsn: fresh('SN'),
      med_type: '41',
      psn_type: stranger.insurance.psnType,
      insutype: stranger.insurance.insutype,
      dscg_date: dateOf(shop.clock()),
      medfee_sumamt: 12.5,
    },
    feedetl: { pric: 6.25, cnt: 2, amt: 12.5, detl_ocur_time: timeOf(shop.clock()), opt_time: timeOf(shop.clock()) },
  })
const pushed = async (shop: Shop): Promise<string> => String((await shop.ok('2166', await order(shop))).mdtrt_regno)

/**
 * A valid message of a transaction, made anew for each use: every field filled from the tables by its kind, and what the business wants laid over it.
 * `null`: nobody has said what a valid one is.
 */
export const exampleOf = async (shop: Shop, infno: string): Promise<Example | null> => {
  const who = person('retired-chronic')
  const here = area(who)
  const of = (rows: Readonly<Record<string, Json>>, change: Json = {}): Example => ({ input: filled(shop, infno, rows), change })
  const settled = async (): Promise<Json> => {
    const { setlinfo } = await settle(shop, who, [{ drug: 'metformin', count: 1, price: 3.56 }], { med_type: '14', dise_codg: 'M01600' })
    return { psn_no: who.psnNo, setl_id: setlinfo.setl_id, mdtrt_id: setlinfo.mdtrt_id }
  }
  switch (infno) {
    case '3501':
      return of({ invinfo: { ...stock(), ...tracs() } })
    case '3501A':
      return of({ invinfoDetail: stock() })
    case '3502':
      return of({ invinfo: { ...stock(), inv_chg_type: '101' } })
    case '3502A':
      return of({ invinfoDetail: { ...stock(), inv_chg_type: '101', trac_codg_pac_hery: '1', ...tracs() } })
    case '3503':
      return of({ purcinfo: stock() })
    case '3503A': {
      const row = stock()
      return of({ purcinfoDetail: { ...row, purc_invo_file_List: [{ fixmedins_bchno: row.fixmedins_bchno, file_data: 'eA==', file_name: 'a.pdf' }] } })
    }
    case '3504':
      return of({ purcinfo: { ...stock(), fixmedins_bchno: await bought(shop) } })
    case '3504A':
      return of({ purcinfoDetail: { ...stock(), fixmedins_bchno: await bought(shop) } })
    case '3202': {
      const { setlinfo } = await settle(shop, who, [{ drug: 'metformin', count: 1, price: 3.56 }], { med_type: '14', dise_codg: 'M01600' })
      const row = [setlinfo.setl_id, setlinfo.mdtrt_id, who.psnNo, setlinfo.medfee_sumamt, setlinfo.fund_pay_sumamt, setlinfo.acct_pay, '0'].map(String)
      const { file_qury_no } = await shop.ok('9101', { fsUploadIn: { in: [...zipRows('a.txt', [row])], filename: 'a.zip', fixmedins_code: SHOP } })
      const sums = { medfee_sumamt: setlinfo.medfee_sumamt, fund_pay_sumamt: setlinfo.fund_pay_sumamt, cash_payamt: setlinfo.psn_cash_pay, fixmedins_setl_cnt: 1 }
      return of({ data: { setl_optins: '999900', file_qury_no, ...sums, clr_type: setlinfo.clr_type, refd_setl_flag: '0', fixmedins_refd_setl_flag: '0' } })
    }
    case '3505A':
    case '3506A': {
      const codes = freshCodes('famotidine', 1)
      const sold = soldRow(shop, 'famotidine', codes).selinfo as Json
      const row = { ...sold, drug_prod_barc: '6999000000001', hi_feesetl_type: '0', rx_circ_flag: '0', psn_cert_type: '01', prsc_dr_cert_type: '01', phar_cert_type: '01', medins_prod_sel_no: '' }
      if (infno === '3505A') return of({ selinfoDetail: row })
      await shop.ok('3505', { selinfo: sold })
      return of({ selinfoDetail: row })
    }
    case '3507A':
      return of({ goodDetail: { fixmedins_bchno: await bought(shop), inv_data_type: '3' } })
    case '3507':
      return of({ data: { fixmedins_bchno: await bought(shop), inv_data_type: '3' } })
    case '3508':
      await shop.ok('3501', filled(shop, '3501', { invinfo: { ...stock(), fixmedins_hilist_id: 'ITEM-0' } }))
      return { input: asked(shop, infno, { medins_list_codg: 'ITEM-0' }), change: {} }
    case '3509':
      await shop.ok('3502', filled(shop, '3502', { invinfo: { ...stock(), inv_chg_type: '103', fixmedins_hilist_id: 'ITEM-0' } }))
      return { input: asked(shop, infno, { medins_list_codg: 'ITEM-0' }), change: {} }
    case '3510':
      await shop.ok('3503', filled(shop, '3503', { purcinfo: { ...stock(), fixmedins_hilist_id: 'ITEM-0' } }))
      return { input: asked(shop, infno, { medins_list_codg: 'ITEM-0' }), change: {} }
    case '3511':
      return { input: asked(shop, infno, { medins_list_codg: 'ITEM-0' }), change: {} }
    case '3512':
      await shop.ok('3501', filled(shop, '3501', { invinfo: { ...stock(), ...tracs(), fixmedins_hilist_id: 'ITEM-0' } }))
      return { input: asked(shop, infno, { medins_list_codg: 'ITEM-0' }), change: {} }
    case '7201':
      return of({ data: { fixmedinsCode: SHOP, psnName: who.name, psnCertType: '01', certno: who.idNumber, ecToken: await voucherOf(shop, who.key), regSn: '', outFlag: '0' } })
    case '7202':
      return of({ data: { fixmedinsCode: SHOP, hiRxno: rx(1).hiRxno, authCircBizSn: rx(1).onlineGrant } })
    case '7203':
      return of({ data: { fixmedinsCode: SHOP, epcQrcd: rx(1).qr } })
    case '7204': {
      const granted = (await shop.ok('7203', filled(shop, '7203', { data: { epcQrcd: rx(1).qr, fixmedinsCode: SHOP } }))).data as Json
      return of({ data: { fixmedinsCode: SHOP, epcToken: granted.epcToken, authRxno: granted.authRxno } })
    }
    case '7205': {
      const { token, data, hiRxno } = await prescription(shop)
      return of({ data: { hiRxno, fixmedinsCode: SHOP, rxTraceCode: data.rxTraceCode, rxFile: data.rxFile, epcToken: token } })
    }
    case '7206': {
      const { token, hiRxno, verification } = await prescription(shop)
      return of({ data: { hiRxno, epcToken: token, fixmedinsCode: SHOP, rxChkStasCodg: '1', rxSignVerifySn: verification } })
    }
    case '7207':
      return { input: dispense(shop, await prescription(shop)), change: {} }
    case '7208': {
      const step = await prescription(shop)
      const output = (await shop.ok('7207', dispense(shop, step))).data as Json
      return of({ data: { hiRxno: step.hiRxno, fixmedinsCode: SHOP, hiFeesetlFlag: '1', selStooutSn: output.selStooutSn } })
    }
    case '7209': {
      const step = await prescription(shop)
      await shop.ok('7207', dispense(shop, step))
      return of({ data: { hiRxno: step.hiRxno, fixmedinsCode: SHOP, delvNo: fresh('D'), delvStasCodg: '1' } })
    }
    case '7210': {
      const step = await prescription(shop)
      await shop.ok('7207', dispense(shop, step))
      const delvNo = fresh('D')
      await shop.ok('7209', filled(shop, '7209', { data: { hiRxno: step.hiRxno, fixmedinsCode: SHOP, delvNo, delvStasCodg: '1' } }))
      return of({ data: { hiRxno: step.hiRxno, delvNo } })
    }
    case '7211':
      return of({ data: { fixmedinsCode: SHOP, medListCodg: '', medListCodgs: [], drugName: '二甲双胍', dualchnlFlag: '', oppoolFlag: '1', pageNum: 1, pageSize: 10 } })
    case '1201':
      return of({ medinsinfo: { fixmedins_type: '2', fixmedins_name: '药柜', fixmedins_code: SHOP } })
    case '1901':
      return of({ data: { type: 'med_type', parent_value: '0', admdvs: '999900', Vali_Flag: '1' } })
    case '2203A':
      return of({ mdtrtinfo: { mdtrt_id: fresh('V'), psn_no: who.psnNo, med_type: '14', dise_codg: 'M01600' }, diseinfo: { diag_srt_no: 1, vali_flag: '1' } }, here)
    case '5201': {
      const { psn_no, mdtrt_id } = await settled()
      return of({ data: { psn_no, mdtrt_id, med_type: '14', begntime: '2026-01-01 00:00:00' } }, here)
    }
    case '5203':
    case '5204':
      return of({ data: await settled() }, here)
    case '100001': {
      const { psn_no, setl_id, mdtrt_id } = await settled()
      return of({ data: { psn_No: psn_no, setl_Id: setl_id, mdtrt_Id: mdtrt_id } })
    }
    case '5205':
      await settled()
      return of({ data: { psn_no: who.psnNo, begntime: '2026-01-01 00:00:00' } }, here)
    case '5302':
      return of({ data: { psn_no: who.psnNo, biz_appy_type: '03' } }, here)
    case '9601':
      return of({ recogInfo: { medins_code: SHOP, psn_no: who.psnNo, psn_cert_type: '01', certno: who.idNumber, psn_name: who.name, recog_pic: 'A'.repeat(400), recog_biz: '15' } }, here)
    case '9602':
      return of({ spregInfo: { medins_code: SHOP, psn_no: who.psnNo, psn_cert_type: '01', certno: who.idNumber, psn_name: who.name, sp_dcla_pic: 'eA==', recog_biz: '15' } }, here)
    case '2161':
      return of({ '': { ssn: stranger.idNumber, insuplc: stranger.area, fixmedins_code: SHOP } })
    case '2166':
      return { input: await order(shop), change: {} }
    case '2167':
      return of({ '': { fixmedins_code: SHOP, mdtrt_regno: await pushed(shop) } })
    case '2170':
      await pushed(shop)
      return of({ '': { fixmedins_code: SHOP, ssn: stranger.idNumber } })
    case '2171':
      return of({ '': { fixmedins_code: SHOP, mdtrt_regno: await pushed(shop), ssn: stranger.idNumber, out_type: '', start_date: '', end_date: '' } })
    case '2163': {
      const registration = await pushed(shop)
      await shop.ok('2171', { fixmedins_code: SHOP, mdtrt_regno: registration, ssn: stranger.idNumber })
      return of({ '': { fixmedins_code: SHOP, mdtrt_regno: registration } })
    }
    case '3101':
    case '3102':
      return { input: claimInput(shop, infno), change: {} }
    case '3103': {
      const { result } = await shop.ok('3101', claimInput(shop, '3101'))
      return { input: { data: { warn_type: '1', warns: [{ warn_rslt_id: (result as Json[])[0]!.jr_id, dspo_way: '2', dspo_way_rea: '患者确需' }] } }, change: {} }
    }
    case '3301':
      return { input: { data: [mappingRow(shop, { fixmedins_hilist_id: fresh('M') })] }, change: {} }
    case '3302': {
      const itemId = fresh('M')
      await shop.ok('3301', { data: [mappingRow(shop, { fixmedins_hilist_id: itemId })] })
      return { input: { fixmedins_code: SHOP, fixmedins_hilist_id: itemId, list_type: '101', med_list_codg: DRUGS.famotidine.code }, change: {} }
    }
    case '1317': {
      const [itemId, item] = ['P0001', asRead['1317']!.input[0]!.fields.map((field) => field.code)]
      const wanted: Json = { fixmedins_code: SHOP, medins_list_codg: itemId, list_type: '101', med_list_codg: DRUGS.famotidine.code, vali_flag: '1', insu_admdvs: '999900', begndate: '2025-01-01', query_date: '2026-01-01', updt_time: '2025-01-01', page_num: 1, page_size: 100 }
      return { input: { data: Object.fromEntries(item.map((code) => [code, wanted[code] ?? ''])) }, change: {} }
    }
    case '1301':
    case '1302':
    case '1306':
    case '1307':
    case '1309':
    case '1320':
      return of({ data: { ver: '0' } })
    case '1312':
    case '1316':
    case '1318':
    case '1319':
      return { input: { data: { ...Object.fromEntries(asRead[infno]!.input[0]!.fields.map((field) => [field.code, ''])), vali_flag: '1', updt_time: '2025-01-01', page_num: 1, page_size: 10 } }, change: {} }
    case '9101':
      return { input: { fsUploadIn: { in: [...zipRows('a.txt', [['1', null]])], filename: 'a.zip', fixmedins_code: SHOP } }, change: {} }
    case '9102': {
      const { file_qury_no, filename } = await shop.ok('1309', { data: { ver: '0' } })
      return { input: { fsDownloadIn: { file_qury_no, filename, fixmedins_code: 'plc' } }, change: {} }
    }
    default:
      return null
  }
}
