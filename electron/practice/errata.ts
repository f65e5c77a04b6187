/** A transaction of the tables as published (data/transactions.json), before anything is built from it. */
export interface PaperField {
  code: string
  name: string
  kind: 'text' | 'number' | 'date' | 'datetime' | 'boolean' | 'nested' | 'any'
  width?: number | undefined
  digits?: number | undefined
  decimals?: number | undefined
  required: boolean
  dictionary?: string | undefined
}
/** `node` null: the paper gives none, and nobody has read it yet. `''`: its fields stand in `input` or `output` itself. */
export interface PaperNode {
  node: string | null
  rows: 'one' | 'many'
  nested?: boolean | undefined
  fields: PaperField[]
}
export interface PaperTransaction {
  name: string
  input: PaperNode[]
  output: PaperNode[]
}

type Correct = (transaction: PaperTransaction) => void

const nodeOf = (nodes: readonly PaperNode[], name: string | null): PaperNode => {
  const found = nodes.find((node) => node.node === name)
  if (found === undefined) throw new Error(`errata: no node ${String(name)}`)
  return found
}
const fieldOf = (node: PaperNode, code: string): PaperField => {
  const found = node.fields.find((field) => field.code === code)
  if (found === undefined) throw new Error(`errata: no field ${code}`)
  return found
}
const all =
  (...corrections: readonly Correct[]): Correct =>
  (transaction) => {
    for (const correct of corrections) correct(transaction)
  }

type Side = 'input' | 'output'
/** A table without node name: its fields stand in `input` (or `output`) itself, as the paper's own example of 2161 has them. */
const flat =
  (...sides: readonly Side[]): Correct =>
  (transaction) => {
    for (const side of sides) nodeOf(transaction[side], null).node = ''
  }
const many =
  (side: Side, ...names: readonly string[]): Correct =>
  (transaction) => {
    for (const name of names) nodeOf(transaction[side], name).rows = 'many'
  }
/** The n-th nameless table of a side gets the name its heading gives. */
const name =
  (side: Side, index: number, node: string, rows: 'one' | 'many' = 'one'): Correct =>
  (transaction) => {
    const table = transaction[side][index]
    if (table === undefined || table.node !== null) throw new Error(`errata: no nameless node ${side} ${index}`)
    table.node = node
    table.rows = rows
  }
/** An answer's table printed among the input's. */
const toOutput =
  (index: number, rows: 'one' | 'many'): Correct =>
  (transaction) => {
    const [table] = transaction.input.splice(index, 1)
    if (table === undefined) throw new Error(`errata: no input ${index}`)
    table.rows = rows
    transaction.output.push(table)
  }
/** "One of these must be sent" is printed as "each must be sent": whoever answers checks that there is one. */
const oneOf =
  (node: string, ...codes: readonly string[]): Correct =>
  (transaction) => {
    for (const code of codes) fieldOf(nodeOf(transaction.input, node), code).required = false
  }
const required =
  (node: string, ...codes: readonly string[]): Correct =>
  (transaction) => {
    for (const code of codes) fieldOf(nodeOf(transaction.input, node), code).required = true
  }

/** 3501A: the columns are printed one place to the left, "required" stands under "dictionary" and no width is left. Widths are those of 3501. */
const stockTakeBatch: Correct = ({ input }) => {
  const widths: Readonly<Record<string, number>> = {
    med_list_codg: 50, fixmedins_hilist_id: 30, fixmedins_hilist_name: 200, rx_flag: 3, manu_lotnum: 30, fixmedins_bchno: 30, memo: 500,
  }
  for (const field of nodeOf(input, 'invinfoDetail').fields) {
    field.required = field.dictionary !== undefined
    if (field.code !== 'rx_flag') delete field.dictionary
    const width = widths[field.code]
    if (width !== undefined) field.width = width
    if (field.code === 'inv_cnt') Object.assign(field, { digits: 16, decimals: 2 })
    if (field.code === 'pric') Object.assign(field, { digits: 16, decimals: 6 })
  }
}

/** 3503A: `purc_invo_file_List` is a list of the rows printed under `purcInvoFileDTO`. */
const purchaseFiles: Correct = ({ input }) => {
  const files = nodeOf(input, 'purcInvoFileDTO')
  files.node = 'purc_invo_file_List'
  files.rows = 'many'
  files.nested = true
}

/** 3202: the columns of its two files are printed like nodes of the message. open/reconcile.ts checks them. */
const withoutFileColumns: Correct = (transaction) => {
  transaction.input = transaction.input.filter((node) => node.node !== null)
  transaction.output = transaction.output.filter((node) => node.node !== null)
}

/** 3101, 3102: the rows stand in each other, printed one after another. Widths that the paper's own codes do not fit, dictionaries as the notes name them; a title that nobody without a prescriber has. */
const claimQuestion: Correct = ({ input, output }) => {
  const names = ['patient_dtos', 'fsi_encounter_dtos', 'fsi_diagnose_dtos', 'fsi_order_dtos', 'fsi_operation_dtos']
  const extension = nodeOf(input, null)
  extension.node = 'extend_order_map'
  for (const node of [extension, ...names.map((known) => nodeOf(input, known)), nodeOf(output, 'judge_result_detail_dtos')]) node.nested = true
  for (const known of names) nodeOf(input, known).rows = 'many'
  nodeOf(output, 'judge_result_detail_dtos').rows = 'many'
  // Several rules may find something.
  nodeOf(output, 'result').rows = 'many'
  // What stands in another comes before it.
  input.sort((a, b) => depthOf(b) - depthOf(a))
  output.sort((a, b) => Number(b.nested === true) - Number(a.nested === true))
  const order = nodeOf(input, 'fsi_order_dtos')
  fieldOf(order, 'hilist_code').width = 50
  fieldOf(nodeOf(input, 'fsi_encounter_dtos'), 'med_type').width = 6
  fieldOf(order, 'hilist_type').dictionary = 'list_type'
  fieldOf(order, 'chrg_type').dictionary = 'med_chrgitm_type'
  fieldOf(order, 'drord_bhvr').dictionary = 'drord_type'
  delete fieldOf(order, 'drord_dr_profttl').dictionary
}
const DEPTHS: Readonly<Record<string, number>> = { data: 0, patient_dtos: 1, fsi_encounter_dtos: 2, fsi_diagnose_dtos: 3, fsi_order_dtos: 3, fsi_operation_dtos: 3, extend_order_map: 4 }
const depthOf = (node: PaperNode): number => DEPTHS[node.node ?? ''] ?? 0

/** 3103: "反馈处理数据为多行数据". Its code tables are printed beside the fields. */
const claimFeedback: Correct = ({ input }) => {
  const warns = nodeOf(input, 'warns')
  warns.nested = true
  warns.rows = 'many'
  input.reverse()
  for (const node of input) for (const field of node.fields) delete field.dictionary
}

const decimals =
  (code: string, digits: number, places: number): Correct =>
  (transaction) => {
    const field = fieldOf(nodeOf(transaction.output, ''), code)
    delete field.dictionary
    Object.assign(field, { kind: 'number', digits, decimals: places })
  }

const purchaseQuery = oneOf('data', 'medins_list_codg', 'fixmedins_bchno')

/**
 * Where the paper cannot mean what its tables print: node names left out, lists printed as one row, an answer's table among the input's,
 * columns shifted. Each is our reading, chosen and listed in README.md; nothing here names a province.
 */
export const ERRATA: Readonly<Record<string, Correct>> = {
  1301: flat('output'),
  1302: flat('output'),
  1306: flat('output'),
  1307: flat('output'),
  1309: flat('output'),
  1320: flat('output'),
  1312: all(flat('output'), many('output', '')),
  1316: all(flat('output'), many('output', '')),
  1317: all(flat('output'), many('output', '')),
  // "BigDecimal 16" and "BigDecimal 5": whole numbers they cannot be.
  1318: all(flat('output'), many('output', ''), decimals('hilist_pric_uplmt_amt', 16, 6)),
  1319: all(flat('output'), many('output', ''), decimals('selfpay_prop', 5, 4)),
  9101: flat('output'),
  1901: many('output', 'list'),
  2161: flat('input', 'output'),
  2163: flat('input', 'output'),
  2166: all(name('input', 0, ''), name('input', 1, 'feedetl', 'many'), toOutput(2, 'one'), flat('output')),
  2167: flat('input'),
  2170: all(flat('input'), name('output', 0, ''), name('output', 1, 'feedetl', 'many')),
  2171: all(flat('input'), name('output', 0, ''), name('output', 1, 'feedetl', 'many')),
  3101: claimQuestion,
  3102: claimQuestion,
  3103: claimFeedback,
  3202: withoutFileColumns,
  // "There may be several rows."
  3301: many('input', 'data'),
  3302: flat('input'),
  3508: purchaseQuery,
  3509: purchaseQuery,
  3510: purchaseQuery,
  3511: purchaseQuery,
  '3501A': stockTakeBatch,
  // The column "required" is printed under "remarks".
  '3502A': all(
    required('invinfoDetail', 'med_list_codg', 'fixmedins_hilist_id', 'fixmedins_hilist_name', 'fixmedins_bchno', 'pric', 'cnt', 'inv_chg_time'),
    many('output', 'invinfoErrDetail'),
  ),
  '3503A': all(many('input', 'purcinfoDetail'), purchaseFiles, many('output', 'purcinfoDetail')),
  '3504A': all(many('input', 'purcinfoDetail'), toOutput(1, 'many')),
  '3505A': many('output', 'selinfoDetail'),
  // Headed "input", and its rows say how each went.
  '3506A': all(many('input', 'selinfoDetail'), toOutput(2, 'many')),
  '3507A': many('output', 'goodErrDetail'),
  5203: many('output', 'setldetail'),
  5204: flat('output'),
  // "One of the two must be sent, the other empty."
  7201: all(oneOf('data', 'ecToken'), many('output', 'data')),
  7204: many('output', 'rxDetlList', 'rxDiseList'),
  7207: many('input', 'rxSaleDrugDetl'),
  7211: many('output', 'list'),
  100001: all(name('input', 0, 'data'), toOutput(1, 'many'), name('output', 0, 'data', 'many')),
}
