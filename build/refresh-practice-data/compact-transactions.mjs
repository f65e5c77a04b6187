/** Fields whose dictionary goes by another name in the code tables. */
const DICTIONARY_ALIASES = { prsc_dr_cert_type: 'psn_cert_type', phar_cert_type: 'psn_cert_type', psnCertType: 'psn_cert_type', psn_type_lv: 'disa_lv' }

const KINDS = {
  string: 'text',
  VARCHAR: 'text',
  大文本: 'text',
  number: 'number',
  数值: 'number',
  整型: 'number',
  BigDecimal: 'number',
  date: 'date',
  日期: 'date',
  datetime: 'datetime',
  布尔型: 'boolean',
  '': 'nested',
}

const numberOf = (text) => Number(text.replaceAll(',', ''))

/** `16,2` → 16 digits, 2 of them decimals; `（14,2）` is the same with brackets of the paper. */
const size = (kind, length) => {
  const plain = length.replace(/[（）()]/g, '').trim()
  if (kind === 'text') return /^[\d,]+$/.test(plain) ? { width: numberOf(plain) } : {}
  if (kind !== 'number' || plain === '') return {}
  const [digits, decimals = '0'] = plain.split(',')
  return { digits: Number(digits), decimals: Number(decimals) }
}

const compactField = (field) => {
  let kind = KINDS[field.type] ?? 'any'
  // 9001 and 9002 call their time a date and describe a date-time.
  if (kind === 'date' && /HH/.test(field.note ?? '')) kind = 'datetime'
  const dictionary = field.dictionary ? (DICTIONARY_ALIASES[field.code] ?? field.code) : null
  return {
    code: field.code,
    name: field.name,
    kind,
    ...size(kind, field.length ?? ''),
    required: field.required === true,
    ...(dictionary === null ? {} : { dictionary }),
  }
}

const subject = (title) =>
  title
    .replace(/（节点.*$/, '')
    .replace(/^(输入|输出)[-－]?/, '')
    .replace(/列表$/, '')
    .trim()

/** One row or many: from the notes, which name either the whole direction or a node's subject. */
const isList = (node, direction, notes, nodes) => {
  // Queries and the audit's collections answer and take lists without a note saying so.
  if (/_dtos$/.test(node.node ?? '') || node.node === 'output') return true
  const word = direction === 'input' ? '输入' : '输出'
  const whole = new RegExp(`(交易)?${word}(可)?为多行数据`)
  const name = subject(node.title)
  for (const note of notes) {
    if (nodes.length === 1 && whole.test(note)) return true
    if (name !== '' && note.includes(`${name}为多行`)) return true
  }
  return false
}

const compactNodes = (transaction, direction) => {
  const all = transaction[direction]
  const nestedFields = new Set(all.flatMap((node) => node.fields.filter((field) => (KINDS[field.type] ?? 'any') === 'nested').map((field) => field.code)))
  const top = all.filter((node) => !nestedFields.has(node.node))
  return all.map((node) => {
    const nested = nestedFields.has(node.node)
    return {
      node: node.node,
      rows: nested || isList(node, direction, transaction.notes, top) ? 'many' : 'one',
      ...(nested ? { nested: true } : {}),
      fields: node.fields.map((field) => compactField(field)),
    }
  })
}

/** JSON with one field a line, so that a new edition of the paper shows as a readable difference. */
export const compactTransactions = (paper) => {
  const lines = ['{', '"source": "Hunan medical security interface V1.1.27 (2024-10-14), field tables",', '"transactions": {']
  const list = Object.values(paper)
  list.forEach((transaction, i) => {
    lines.push(`${JSON.stringify(transaction.infno)}: {"name": ${JSON.stringify(transaction.name)},`)
    for (const direction of ['input', 'output']) {
      const nodes = compactNodes(transaction, direction)
      lines.push(` "${direction}": [`)
      nodes.forEach((node, n) => {
        const { fields, ...head } = node
        lines.push(`  {${JSON.stringify(head).slice(1, -1)}, "fields": [`)
        fields.forEach((field, f) => lines.push(`   ${JSON.stringify(field)}${f < fields.length - 1 ? ',' : ''}`))
        lines.push(`  ]}${n < nodes.length - 1 ? ',' : ''}`)
      })
      lines.push(` ]${direction === 'input' ? ',' : `}${i < list.length - 1 ? ',' : ''}`}`)
    }
  })
  lines.push('}', '}', '')
  return lines.join('\n')
}
