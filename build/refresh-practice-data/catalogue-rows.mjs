/**
 * What the practice province adds to the public product list is made up by rule: first self-pay share, limit price, which disease a drug treats.
 * Rules look at the row's position or its name, so that a refreshed list gives the same figures for the same row.
 */
const DISEASES = [
  ['M03900', /氨氯地平|硝苯地平|尼群地平|非洛地平|美托洛尔|比索洛尔|卡托普利|依那普利|贝那普利|培哚普利|沙坦|吲达帕胺|氢氯噻嗪|螺内酯|复方利血平/],
  ['M01600', /二甲双胍|格列(?!卫)|格列美脲|阿卡波糖|伏格列波糖|胰岛素|列汀|列净|瑞格列奈|消渴丸/],
  ['M04600', /阿司匹林|氯吡格雷|伐他汀|硝酸甘油|单硝酸异山梨酯|硝酸异山梨酯|美托洛尔|速效救心|复方丹参|曲美他嗪/],
  ['M05400', /沙丁胺醇|茶碱|布地奈德|孟鲁司特|特布他林|异丙托溴铵/],
  ['M05300', /沙丁胺醇|茶碱|布地奈德|异丙托溴铵|氨溴索/],
]

/** One product in 23 is limited below its own price, the excess being self-paid; one in 92 is limited below it and refused. */
const EXCESS_SELF_PAID = { every: 23, place: 7, factor: 0.8 }
const REFUSED_ABOVE = { every: 92, place: 38, factor: 0.9 }
const LOOSE_FACTOR = 1.3

const micro = (text) => Math.round(Number(text) * 1_000_000)
const yuan = (value) => (value / 1_000_000).toFixed(6).replace(/0{1,4}$/, '')

/** `price` is the dearest of the rows with this national code: two rows may share one. */
const product = (row, index, price) => {
  const insuranceClass = row.nrdl_class === '甲' ? 'A' : row.nrdl_class === '乙' ? 'B' : 'none'
  const at = (rule) => index % rule.every === rule.place
  const factor = at(REFUSED_ABOVE) ? REFUSED_ABOVE.factor : at(EXCESS_SELF_PAID) ? EXCESS_SELF_PAID.factor : LOOSE_FACTOR
  const limit = insuranceClass === 'none' ? '' : yuan(Math.ceil((price * factor) / 10_000) * 10_000)
  return {
    index,
    nhsa_code: row.nhsa_code,
    name: row.generic_name,
    spec: row.spec,
    pack_spec: row.pack_spec,
    pack_qty: row.pack_qty,
    manufacturer: row.manufacturer,
    approval_no: row.approval_no,
    kind: row.drug_type === '中成药' ? 'chinese-patent' : 'western',
    class: insuranceClass,
    pre_self_pay: insuranceClass === 'B' ? (index % 3 === 0 ? '0.2' : '0.1') : '0',
    price_limit: limit,
    over_limit: insuranceClass === 'none' ? '' : at(REFUSED_ABOVE) ? 'refuse' : 'self-pay',
    diseases: DISEASES.filter(([, names]) => names.test(row.generic_name))
      .map(([code]) => code)
      .join(';'),
  }
}

const piece = (row) => ({
  index: '',
  nhsa_code: row.nhsa_code,
  name: row.name,
  spec: '',
  pack_spec: '',
  pack_qty: '',
  manufacturer: row.manufacturer,
  approval_no: '',
  kind: 'pieces',
  class: 'A',
  pre_self_pay: '0',
  price_limit: '',
  over_limit: '',
  diseases: '',
})

const dearest = (products) => {
  const prices = new Map()
  for (const row of products) prices.set(row.nhsa_code, Math.max(micro(row.retail_price), prices.get(row.nhsa_code) ?? 0))
  return prices
}

/** Rows in the list's order (a trace code's made-up identifier is 8900000 + place), then the pieces, once each. */
export const catalogueRows = (products, pieces) => [
  ...products.map((row, index) => product(row, index, dearest(products).get(row.nhsa_code))),
  ...[...new Map(pieces.filter((row) => /^T\d{9}$/.test(row.nhsa_code)).map((row) => [row.nhsa_code, row])).values()].map(piece),
]
