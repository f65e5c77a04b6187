import type { Places } from './compare.ts'

/** Where a node stands for which the paper prints no name, or which it prints on the wrong side: by its position among the nodes of its side. */
export const PLACES: Places = {
  '1301 out #0': { at: '', why: 'the paper says "no node": the fields stand in the output itself' },
  '1302 out #0': { at: '', why: 'the paper says "no node": the fields stand in the output itself' },
  '1306 out #0': { at: '', why: 'the paper says "no node": the fields stand in the output itself' },
  '1307 out #0': { at: '', why: 'the paper says "no node": the fields stand in the output itself' },
  '1309 out #0': { at: '', why: 'the paper says "no node": the fields stand in the output itself' },
  '1320 out #0': { at: '', why: 'the paper says "no node": the fields stand in the output itself' },
  '1312 out #0': { at: '', why: 'the paper says "no node": rows of a list, page by page' },
  '1316 out #0': { at: '', why: 'the paper says "no node": rows of a list, page by page' },
  '1317 out #0': { at: '', why: 'the paper says "no node": rows of a list, page by page' },
  '1318 out #0': { at: '', why: 'the paper says "no node": rows of a list, page by page' },
  '1319 out #0': { at: '', why: 'the paper says "no node": rows of a list, page by page' },
  '3101 in #5': { at: 'extend_order_map', why: 'the table explains the keys of this map of an order' },
  '3102 in #5': { at: 'extend_order_map', why: 'the table explains the keys of this map of an order' },
  '3202 in #1': { at: 'file:sent', why: 'columns of the file that goes up by 9101' },
  '3202 out #1': { at: 'file:answered', why: 'columns of the file that comes down by 9102' },
  '3302 in #0': { at: '', why: 'the title leaves the name out: the fields stand in the input itself, or under data where the profile says (mapping.withdrawUnder)' },
  '3506A in #2': { at: 'selinfoErrDetail', side: 'out', why: 'rows that failed are told, not sent: printed as an input by mistake' },
  '2161 in #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2161 out #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2163 in #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2163 out #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2166 in #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2167 in #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2170 in #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2170 out #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2171 in #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2171 out #0': { at: '', why: 'no node is printed: the fields stand in the message itself, as the example of 2161 has them' },
  '2166 in #1': { at: 'feedetl', why: 'the heading names the node' },
  '2170 out #1': { at: 'feedetl', why: 'the heading names the node' },
  '2171 out #1': { at: 'feedetl', why: 'the heading names the node' },
  '2166 in #2': { at: '', side: 'out', why: 'headed as an input, and it is the answer: a number is given and a success told' },
  '3503A in #1': { at: 'purc_invo_file_List', why: 'the rows of that list; the heading gives their Java class instead' },
  '3504A in #1': { at: 'purcinfoErrDetail', side: 'out', why: 'rows that failed are told, not sent: printed as an input by mistake' },
  '5204 out #0': { at: '', why: 'no node is printed: rows of a list' },
  '100001 in #0': { at: 'data', why: 'the heading names the node' },
  '100001 in #1': { at: 'data', side: 'out', why: 'headed as an input, and it is the answer: it says what each item contributed' },
  '9101 out #0': { at: '', why: 'the paper says "no node": the fields stand in the output itself' },
}

/** Corrections of the printed tables: where we differ from the print on purpose, field by field, with the reason. What is left out stays as printed. Our schemas must agree with the corrected table to the last width. */
export interface Meant {
  readonly length?: string
  readonly required?: boolean
  /** Another dictionary than printed; null: none. */
  readonly dictionary?: string | null
  /** A field that our side leaves out. */
  readonly absent?: true
  readonly why: string
}

const each = (where: string, fields: readonly string[], meant: Meant): Readonly<Record<string, Meant>> => Object.fromEntries(fields.map((field) => [`${where}.${field}`, meant]))
const widths = (where: string, lengths: Readonly<Record<string, string>>, meant: Meant): Readonly<Record<string, Meant>> => Object.fromEntries(Object.entries(lengths).map(([field, length]) => [`${where}.${field}`, { ...meant, length }]))
const CODE_TOO_LONG = 'no national code of a western drug (23 characters) fits the printed 20; 50 as everywhere else'
const MED_TYPE = 'the same code is 6 wide in 2101, and its code table has codes of four'
const NOBODY_PRESCRIBED = 'the code table of titles has no word for "nobody prescribed", the profile has one'
const SCENE = 'the note wants one of rules and scene, rather the scene: ours always gives it'
const ONE_OF_TWO = 'the note says that one of the two must be given, not both: the note counts'
const BOUGHT_KEYS = ['medins_list_codg', 'fixmedins_bchno']
const SHIFTED = 'the table is printed one column to the left: "required" stands under "dictionary", and the widths are those of 3501'
const UNDER_NOTES = '"required" is printed in the column of the notes'
const NO_SCALE = 'a decimal without its digits after the point: in whole numbers a price limit or a share would say nothing'

export const MEANT: Readonly<Record<string, Meant>> = {
  '1318 out.hilist_pric_uplmt_amt': { length: '16,6', why: NO_SCALE },
  '1319 out.selfpay_prop': { length: '5,4', why: NO_SCALE },
  ...each('3101 in fsi_order_dtos', ['hilist_code'], { length: '50', why: CODE_TOO_LONG }), ...each('3102 in fsi_order_dtos', ['hilist_code'], { length: '50', why: CODE_TOO_LONG }),
  ...each('3101 in fsi_encounter_dtos', ['med_type'], { length: '6', why: MED_TYPE }), ...each('3102 in fsi_encounter_dtos', ['med_type'], { length: '6', why: MED_TYPE }),
  ...each('3101 in fsi_order_dtos', ['drord_dr_profttl'], { dictionary: null, why: NOBODY_PRESCRIBED }), ...each('3102 in fsi_order_dtos', ['drord_dr_profttl'], { dictionary: null, why: NOBODY_PRESCRIBED }),
  ...each('3101 in data', ['trig_scen'], { required: true, why: SCENE }), ...each('3102 in data', ['trig_scen'], { required: true, why: SCENE }),
  '3103 in data.warns': { dictionary: null, why: 'a list of rows, not a code' },
  '3103 in warns.warn_rslt_id': { dictionary: null, why: 'the number of a finding, not a code' },
  ...each('3501A in invinfoDetail', ['med_list_codg', 'fixmedins_hilist_id', 'fixmedins_hilist_name', 'fixmedins_bchno', 'invdate', 'inv_cnt', 'manu_date', 'expy_end', 'pric', 'rx_flag'], { required: true, dictionary: null, why: SHIFTED }),
  ...widths('3501A in invinfoDetail', { med_list_codg: '50', fixmedins_hilist_id: '30', fixmedins_hilist_name: '200', fixmedins_bchno: '30', inv_cnt: '16,2', pric: '16,6' }, { required: true, dictionary: null, why: SHIFTED }),
  ...widths('3501A in invinfoDetail', { manu_lotnum: '30', memo: '500' }, { why: SHIFTED }),
  '3501A in invinfoDetail.rx_flag': { length: '3', required: true, dictionary: 'rx_flag', why: SHIFTED },
  ...each('3502A in invinfoDetail', ['med_list_codg', 'fixmedins_hilist_id', 'fixmedins_hilist_name', 'fixmedins_bchno', 'pric', 'cnt', 'inv_chg_time'], { required: true, why: UNDER_NOTES }),
  '3502A in invinfoDetail.inv_chg_type': { dictionary: 'inv_chg_type', why: 'from its code table as in 3502; the column is printed shifted' },
  '3502A in invinfoDetail.rx_flag': { dictionary: 'rx_flag', why: 'from its code table as in 3502; the column is printed shifted' },
  '3503 in purcinfo.rx_flag': { dictionary: 'rx_flag', why: 'from its code table as in 3503A and everywhere else' },
  ...each('3504A out purcinfoErrDetail', ['med_list_codg', 'fixmedins_hilist_id', 'fixmedins_hilist_name', 'fixmedins_bchno'], { dictionary: null, why: 'the table is printed one column to the left: "required" stands under "dictionary"' }),
  ...each('3508 in data', BOUGHT_KEYS, { required: false, why: ONE_OF_TWO }), ...each('3509 in data', BOUGHT_KEYS, { required: false, why: ONE_OF_TWO }),
  ...each('3510 in data', BOUGHT_KEYS, { required: false, why: ONE_OF_TWO }), ...each('3511 in data', BOUGHT_KEYS, { required: false, why: ONE_OF_TWO }),
  '3513 out output.fixmedinsCode': { required: true, why: 'a row that does not say who sold says nothing of what was asked' },
  '3513 out output.drugTracCodg': { required: true, why: 'a row that does not say which pack says nothing of what was asked' },
  '7201 in data.ecToken': { required: false, why: ONE_OF_TWO },
  '9101 in fsUploadIn.in': { required: false, why: 'a province that takes the file as a part of a form has no bytes in the message' },
  '9102 in fsDownloadIn.file_qury_no': { length: '40', why: '30 here and 40 where 1301 answers it: the longer holds, else some files could never be asked for' },
}
