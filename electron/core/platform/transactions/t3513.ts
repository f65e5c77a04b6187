import { z } from 'zod'
import { neededText, rows, someText, someTime } from '../answer-fields.ts'
import type { KnownSaleOfPack } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import { date, text } from '../wire-fields.ts'
import { ONE_KEY, hasKey } from './held-goods.ts'

type Settings = Pick<RegionProfile, 'traceCodes' | 'institution' | 'upload'>

/** 3513 sales of goods with trace codes. The paper wants one key beside the code: ours is the drug's national code, the only one another shop's sale can share. */
export const inputOf = ({ traceCodes }: Pick<Settings, 'traceCodes'>) =>
  z.strictObject({
    data: z.strictObject({
      fixmedins_code: text(30),
      medins_list_codg: text(150).optional(),
      fixmedins_bchno: text(30).optional(),
      begndate: date().optional(),
      enddate: date().optional(),
      med_list_codg: text(50).optional(),
      mdtrt_id: text(30).optional(),
      psn_no: text(30).optional(),
      psn_cert_type: text(6, 'psn_cert_type').optional(),
      certno: text(600).optional(),
      psn_name: text(50).optional(),
      drug_trac_codg: text(traceCodes.widths['3513']).optional(),
    }).refine(hasKey('med_list_codg', 'medins_list_codg', 'fixmedins_bchno', 'mdtrt_id', 'certno'), ONE_KEY),
  })

/** `code`: in the form in which it is sent. */
export const build = (pack: { readonly nationalCode: string; readonly code: string }, settings: Settings): z.infer<ReturnType<typeof inputOf>> =>
  inputOf(settings).parse({
    data: { fixmedins_code: settings.institution.code, med_list_codg: pack.nationalCode || settings.upload.uncodedNationalCode, drug_trac_codg: pack.code },
  })

/** Camel case, as printed. A row that does not say who sold which pack says nothing. */
export const outputNodes = {
  output: z.object({
    fixmedinsCode: neededText(50),
    medListCodg: someText(6),
    medinsListCodg: someText(30),
    medinsListName: someText(20),
    fixmedinsBchno: someText(150),
    mdtrtId: someText(30),
    mdtrtSetlType: someText(undefined, 'mdtrt_setl_type'),
    bkkpSn: someText(100),
    drugTracCodg: neededText(30),
    psnNo: someText(30),
    psnCertType: someText(6, 'psn_cert_type'),
    certno: someText(30),
    psnName: someText(50),
    memo: someText(500),
    trdnFlag: someText(3),
    updtTime: someTime(),
    opterName: someText(50),
    rid: someText(40),
    crteTime: someTime(),
    optTime: someTime(),
    opterId: someText(20),
    crterName: someText(50),
    crterId: someText(20),
    optinsNo: someText(20),
    fixBlngAdmdvs: someText(6),
  }),
}
/** The node is called `output` inside the output; seen without it elsewhere in the family. */
const output = z.preprocess((value) => (typeof value === 'object' && value !== null && 'output' in value ? value.output : value), rows(outputNodes.output))

/** What the country knows of this one pack; who bought it is not looked at. Rows about other packs are no answer to what was asked. Throws ZodError. */
export const read = (answer: unknown, asked: { readonly code: string; readonly ourInstitution: string }): readonly KnownSaleOfPack[] =>
  output
    .parse(answer ?? null)
    .filter((row) => row.drugTracCodg === asked.code)
    .map((row) => ({
      institution: row.fixmedinsCode,
      here: row.fixmedinsCode.toUpperCase() === asked.ourInstitution.toUpperCase(),
      rowKey: row.fixmedinsBchno,
      at: row.optTime || row.crteTime,
      split: row.trdnFlag === '1',
    }))
