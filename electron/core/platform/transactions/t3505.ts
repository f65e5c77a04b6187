import { z } from 'zod'
import type { UploadRow } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import { text } from '../wire-fields.ts'
import { SETTLEMENT, codesOf, goodsFields, goodsOf, namesSettlement } from './goods-row.ts'
import { oncePer } from './once-per.ts'

type Settings = Pick<RegionProfile, 'traceCodes' | 'upload'>

/** 3505 goods sold: one row a sale line, self-paid sales too. */
export const inputOf = oncePer(({ traceCodes, upload }: Settings) => z.strictObject({
  selinfo: z.strictObject({
    ...goodsFields,
    prsc_dr_cert_type: text(6, 'psn_cert_type').optional(),
    prsc_dr_certno: text(50).optional(),
    prsc_dr_name: text(50),
    phar_cert_type: text(6, 'psn_cert_type').optional(),
    phar_certno: text(50).optional(),
    phar_name: text(50),
    phar_prac_cert_no: text(50),
    hi_feesetl_type: text(6, 'hi_feesetl_type').optional(),
    rxno: text(40).optional(),
    rx_circ_flag: text(3, 'rx_circ_flag').optional(),
    rtal_docno: text(40),
    stoout_no: text(40).optional(),
    bchno: text(30).optional(),
    drug_trac_codg: text(30).optional(),
    drug_prod_barc: text(30).optional(),
    shelf_posi: text(20).optional(),
    MDTRT_SETL_TYPE: text(6).optional(),
    drugtracinfo: z.array(z.strictObject({ drug_trac_codg: text(traceCodes.widths['3505']).optional() })),
  }).refine(namesSettlement(upload.insuredType), SETTLEMENT),
}))

export const build = (goods: UploadRow, settings: Settings): z.infer<ReturnType<typeof inputOf>> => inputOf(settings).parse({
  selinfo: {
    ...goodsOf(goods),
    // Required even where nobody prescribed: the profile's word for "none", never a made-up name.
    prsc_dr_name: settings.upload.noPrescriber,
    phar_name: goods.pharmacistName,
    phar_prac_cert_no: goods.pharmacistLicence,
    rtal_docno: goods.receiptNumber,
    drug_prod_barc: goods.barcode ?? undefined,
    MDTRT_SETL_TYPE: goods.insured === null ? settings.upload.selfPaidType : settings.upload.insuredType,
    drugtracinfo: codesOf(goods),
  },
})
