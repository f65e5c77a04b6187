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

const purchaseQuery = oneOf('data', 'medins_list_codg', 'fixmedins_bchno')

/**
 * Where the paper cannot mean what its tables print: node names left out, lists printed as one row, an answer's table among the input's,
 * columns shifted. Each is our reading, chosen and listed in README.md; nothing here names a province.
 */
export const ERRATA: Readonly<Record<string, Correct>> = {
  1901: many('output', 'list'),
  2161: flat('input', 'output'),
  2163: flat('input', 'output'),
  2166: all(name('input', 0, ''), name('input', 1, 'feedetl', 'many'), toOutput(2, 'one'), flat('output')),
  2167: flat('input'),
  2170: all(flat('input'), name('output', 0, ''), name('output', 1, 'feedetl', 'many')),
  2171: all(flat('input'), name('output', 0, ''), name('output', 1, 'feedetl', 'many')),
  3202: withoutFileColumns,
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
