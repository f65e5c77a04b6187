import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createWireMask } from '../../../electron/core/platform/wire-mask.ts'

interface Node { readonly fields: readonly { readonly code: string; readonly name: string; readonly kind: string }[] }
interface Paper { readonly transactions: Readonly<Record<string, { readonly input: readonly Node[]; readonly output: readonly Node[] }>> }
/** The official tables with the paper's own words for every field. */
const paper = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../electron/practice/data/transactions.json'), 'utf8')) as Paper

/** What the paper calls a thing that is somebody's. Its words, not our field names. */
const PERSONAL = /姓名|证件号码|证件编号|证号|身份证|社保卡|电话|手机|邮箱|地址|出生|联系人|卡识别码|凭证编号|令牌|二维码|人员编号|个人管理码|参保人ID|参保人标识|照片|收货人|单位名称|单位编号|病种|诊断名称|诊断代码|诊断信息$|诊断标识|过敏|病情|主诉|民族|授权流水|授权业务流水|处方授权|外部索引|医[师生](?:标识|编码|代码|编号|姓名)|药师(?:编号|代码)|处方文件$|处方原件|身高|体重|孕周|经度|纬度|维度/
/** Named like one, and nobody's. */
const NOT: Readonly<Record<string, string>> = {
  expiresIn: 'when a token ends',
  fsi_diagnose_dtos: 'a node, whose fields are looked at one by one',
  dise_type_code: 'a kind of list, no illness',
  opsp_dise_type: 'a kind of list',
  rxSignVerifySn: 'a number of a check',
  spler_pmtno: 'the licence of a company',
  splerPmtno: 'the licence of a company',
  delverGeoType: 'which map the numbers are of',
  mac: 'of the till',
  ip: 'of the till',
}

const fields = new Map<string, string>()
for (const { input, output } of Object.values(paper.transactions)) for (const node of [...input, ...output]) for (const field of node.fields) if (field.kind !== 'nested') fields.set(field.code, `${fields.get(field.code) ?? ''}/${field.name}`)

const VALUE = '欧阳示例13812345678甲乙丙丁'

test('every field of the official tables that is somebody\'s is covered in a log, in every spelling', () => {
  const personal = [...fields].filter(([code, name]) => PERSONAL.test(name) && NOT[code] === undefined)
  expect(personal.length).toBeGreaterThan(100)
  const spellings = (code: string): readonly string[] => [code, code.toUpperCase(), code.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]
  const shown = personal.filter(([code]) => spellings(code).some((name) => JSON.stringify(createWireMask().message({ [name]: VALUE })).includes('示例')))
  expect(shown.map(([code, name]) => `${code} ${name}`)).toEqual([])
})

test('what is nobody\'s stays readable: a log of stars helps nobody', () => {
  const plain = ['infno', 'msgid', 'setl_id', 'mdtrt_id', 'med_list_codg', 'fixmedins_hilist_name', 'fixmedins_bchno', 'manu_lotnum', 'drug_trac_codg', 'medfee_sumamt', 'prodentp_name', 'delvEntpName', 'fixmedins_name', 'sign_no', 'rule_name', 'rx_flag', 'insutype', 'clr_type', 'err_msg', 'msgRslt', 'retRslt', 'opter', 'signtype', 'inv_cnt', 'spler_name']
  const hidden = plain.filter((name) => createWireMask().message({ [name]: '示例' }) === undefined || !JSON.stringify(createWireMask().message({ [name]: '示例文字' })).includes('示例文字'))
  expect(hidden).toEqual([])
})

test('what is covered under a field is covered in every text of that message and of the next', () => {
  const mask = createWireMask()
  expect(JSON.stringify(mask.message({ delvConTel: '073188886666', patnName: '欧阳示例', delvAddr: '长沙市芙蓉区五一大道1号', memo: '欧阳示例电话073188886666,住长沙市芙蓉区五一大道1号' }))).not.toMatch(/示例|88886666|五一大道/)
  expect(mask.words('无法联系欧阳示例')).toBe('无法联系欧**')
})

test('a number that lies across the end of a long text is not shown by half', () => {
  const mask = createWireMask()
  mask.message({ certno: '999999198001019016' })
  for (let lead = 980; lead < 1000; lead += 1) expect(mask.words(`${'文'.repeat(lead)}999999198001019016`)).not.toMatch(/99999919/)
})
