import { exampleOf } from './examples.ts'
import { area, cancelInput, DRUGS, freshCodes, idCard, purchase, returnedRow, reverseInput, settle, soldRow, totalsInput, trial } from './messages.ts'
import { person, timeOf } from './shop.ts'
import type { Json, Shop } from './shop.ts'

export interface Sample {
  readonly infno: string
  readonly input: Json
  readonly change: Json
}

/**
 * A valid message of every open transaction, optional fields filled too, so that each field of the tables can be spoilt in turn.
 * Made anew for each use: most can be booked only once.
 */
export const sampleOf = async (shop: Shop, infno: string): Promise<Sample> => {
  const who = person('retired-chronic')
  const here = area(who)
  const lineExtras: Json = {
    rxno: 'RX1',
    sin_dos_dscr: '1片',
    used_frqu_dscr: '每日一次',
    prd_days: 7.5,
    medc_way_dscr: '口服',
    bilg_dr_codg: 'D1',
    bilg_dr_name: '医生',
    tcmdrug_used_way: '1',
    exp_content: 'x',
  }
  const wanted = { drug: 'metformin', count: 2, price: 3.56, change: lineExtras } as const
  const chronic: Json = { med_type: '14', dise_codg: 'M01600', dise_name: '糖尿病', card_sn: 'x', exp_content: 'x' }
  switch (infno) {
    case '9001':
      return { infno, input: { signIn: { opter_no: '1001', mac: '00-00-5E-00-53-01', ip: '127.0.0.1' } }, change: {} }
    case '9002': {
      const output = await shop.ok('9001', { signIn: { opter_no: '1001', mac: 'm', ip: 'i' } })
      const signNo = (output.signinoutb as Json).sign_no
      return { infno, input: { signOut: { sign_no: signNo, opter_no: '1001' } }, change: { sign_no: signNo } }
    }
    case '1101':
      return { infno, input: { data: { ...idCard(who), card_sn: 'x', begntime: '2026-01-01 00:00:00' } }, change: {} }
    case '2001':
      return {
        infno,
        input: {
          data: {
            psn_no: who.psnNo,
            insutype: '310',
            fixmedins_code: 'P99999900001',
            med_type: '14',
            begntime: timeOf(shop.clock()),
            endtime: timeOf(shop.clock()),
            dise_codg: 'M01600',
            dise_name: '糖尿病',
            oprn_oprt_code: 'x',
            oprn_oprt_name: 'x',
            matn_type: '1',
            birctrl_type: '1',
            exp_content: 'x',
          },
        },
        change: here,
      }
    case '5301':
      return { infno, input: { data: { psn_no: who.psnNo } }, change: here }
    case '5206':
      return { infno, input: { data: { psn_no: who.psnNo, cum_ym: '202611' } }, change: here }
    case '2101':
      return { infno, input: trial(shop, who, [wanted], chronic), change: here }
    case '2102':
      return { infno, input: purchase(shop, who, [wanted], { ...chronic, invono: 'INV1' }), change: here }
    case '2103': {
      const { setlinfo } = await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6 }])
      return { infno, input: { data: { ...(cancelInput(who, setlinfo).data as Json), exp_content: 'x' } }, change: here }
    }
    case '2601': {
      const { msgid } = await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6 }])
      return { infno, input: reverseInput(who, msgid), change: here }
    }
    case '3201':
      return { infno, input: totalsInput(shop, { refd_setl_flag: '0' }), change: {} }
    case '3505':
      return {
        infno,
        input: soldRow(shop, 'famotidine', freshCodes('famotidine', 2), {
          prsc_dr_cert_type: '01',
          prsc_dr_certno: 'x',
          phar_cert_type: '01',
          phar_certno: 'x',
          hi_feesetl_type: '0',
          psn_cert_type: '01',
          certno: 'x',
          psn_name: 'x',
          rxno: 'x',
          rx_circ_flag: '0',
          stoout_no: 'x',
          bchno: 'x',
          drug_trac_codg: 'x',
          drug_prod_barc: 'x',
          shelf_posi: 'x',
          memo: 'x',
          psn_no: who.psnNo,
          setl_id: '',
        }),
        change: here,
      }
    case '3506': {
      const codes = freshCodes('famotidine', 1)
      await shop.ok('3505', soldRow(shop, 'famotidine', codes))
      return {
        infno,
        input: returnedRow(shop, 'famotidine', codes, {
          psn_cert_type: '01',
          certno: 'x',
          psn_name: 'x',
          finl_trns_pric: 5.6,
          memo: 'x',
          medins_prod_sel_no: '',
          psn_no: '',
          setl_id: '',
        }),
        change: {},
      }
    }
    case '3592B':
      return {
        infno,
        input: {
          data: { med_list_codg: DRUGS.famotidine.code, fixmedins_hilist_id: 'ITEM-0', fixmedins_hilist_name: '药品', fixmedins_bchno: 'B1', memo: 'x' },
        },
        change: {},
      }
    case '3513':
      return {
        infno,
        input: {
          data: {
            fixmedins_code: 'P99999900001',
            medins_list_codg: 'ITEM-0',
            fixmedins_bchno: 'x',
            begndate: '2026-01-01',
            enddate: '2026-12-31',
            med_list_codg: DRUGS.famotidine.code,
            mdtrt_id: 'x',
            psn_no: who.psnNo,
            psn_cert_type: '01',
            certno: 'x',
            psn_name: 'x',
            drug_trac_codg: 'x',
          },
        },
        change: here,
      }
    default: {
      const example = await exampleOf(shop, infno)
      if (example === null) throw new Error(`no sample of ${infno}`)
      return { infno, ...example }
    }
  }
}
