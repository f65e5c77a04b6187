import { z } from 'zod'
import { neededText, rows, someText } from '../answer-fields.ts'
import type { KnownSaleOfPack } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import { date, text } from '../wire-fields.ts'

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
      psn_cert_type: text(6).optional(),
      certno: text(600).optional(),
      psn_name: text(50).optional(),
      drug_trac_codg: text(traceCodes.widths['3513']).optional(),
    }),
  })

/** `code`: in the form in which it is sent. */
export const build = (pack: { readonly nationalCode: string; readonly code: string }, settings: Settings): z.infer<ReturnType<typeof inputOf>> =>
  inputOf(settings).parse({
    data: { fixmedins_code: settings.institution.code, med_list_codg: pack.nationalCode || settings.upload.uncodedNationalCode, drug_trac_codg: pack.code },
  })

/** Camel case, as printed. A row that does not say who sold which pack says nothing. */
export const outputNodes = {
  output: z.object({
    fixmedinsCode: neededText(),
    medListCodg: someText(),
    medinsListCodg: someText(),
    medinsListName: someText(),
    fixmedinsBchno: someText(),
    mdtrtId: someText(),
    mdtrtSetlType: someText(),
    bkkpSn: someText(),
    drugTracCodg: neededText(),
    psnNo: someText(),
    psnCertType: someText(),
    certno: someText(),
    psnName: someText(),
    memo: someText(),
    trdnFlag: someText(),
    updtTime: someText(),
    opterName: someText(),
    rid: someText(),
    crteTime: someText(),
    optTime: someText(),
    opterId: someText(),
    crterName: someText(),
    crterId: someText(),
    optinsNo: someText(),
    fixBlngAdmdvs: someText(),
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
