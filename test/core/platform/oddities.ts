import iconv from 'iconv-lite'
import { ID_NUMBER, settlementOutput } from './people-and-baskets.ts'

/** Which of our calls meets the answer. The first four have no effect, the others have. */
export type OddCall = 'person' | 'filings' | 'totals' | 'known-sales' | 'settle' | 'cancel' | 'reverse' | 'upload'

export interface Oddity {
  readonly name: string
  /** Where it was seen: a province's sample, a public client's code, or the paper. */
  readonly seen: string
  readonly call: OddCall
  readonly status?: number
  /** Bytes as they arrive. `messageId`: of the call that is answered. */
  readonly answer: (messageId: string) => string | Uint8Array
  readonly want: {
    readonly kind: 'answered' | 'refused' | 'not-sent' | 'unknown'
    readonly code?: string
    /** The words shown, exactly. */
    readonly text?: string
    /** Part of the value. */
    readonly value?: unknown
  }
}

const TIMES = { inf_refmsgid: '430000202611210900000000000001', refmsg_time: '20261121090000000', respond_time: '20261121090000010' }
const json = (value: Readonly<Record<string, unknown>>): string => JSON.stringify(value)
const ok = (output: unknown, more: Readonly<Record<string, unknown>> = {}): string => json({ infcode: 0, ...TIMES, err_msg: '', output, ...more })
const no = (err_msg: unknown, more: Readonly<Record<string, unknown>> = {}): string => json({ infcode: -1, ...TIMES, err_msg, output: null, ...more })
const filing = { opsp_dise_code: 'M03900', opsp_dise_name: '高血压', begndate: '2020-10-01', enddate: '2120-11-01', exp_content: null }
const FILED = [{ diseaseCode: 'M03900', diseaseName: '高血压', from: '2020-10-01', to: '2120-11-01' }]
const baseinfo = { psn_no: '43000030281000120001', psn_cert_type: '01', certno: ID_NUMBER, psn_name: '张三丰', gend: '1', naty: '01', brdy: '1980-01-01', age: 46.8, exp_content: '' }
const insuinfo = { balc: 1500, insutype: '310', psn_type: '11', psn_insu_stas: '1', psn_insu_date: '2010-01-01', paus_insu_date: null, cvlserv_flag: '0', insuplc_admdvs: '430100', emp_name: '' }
const person = { baseinfo, insuinfo: [insuinfo], idetinfo: [] }
const PERSON = { personNumber: '43000030281000120001', insurances: [{ insuranceType: '310', balanceFen: 150_000, region: '430100' }] }
const row = (retRslt: unknown, msgRslt: unknown = ''): unknown => ({ result: { retRslt, msgRslt, medins_prod_sel_no: '1' } })

/** Everything odd that was seen in answers, one by one. What is not here and not in the papers must end as `platform.unexpected-answer`, never as a guess. */
export const ODDITIES: readonly Oddity[] = [
  // infcode
  { name: 'infcode is a number', seen: 'Hunan sample 1301', call: 'filings', answer: () => ok({ feedetail: [filing] }), want: { kind: 'answered', value: FILED } },
  { name: 'infcode is a text', seen: 'Yunnan sample 1101', call: 'filings', answer: () => ok({ feedetail: [filing] }, { infcode: '0' }), want: { kind: 'answered', value: FILED } },
  { name: 'infcode is a text with blanks', seen: 'padded columns of an older system', call: 'filings', answer: () => ok({ feedetail: [filing] }, { infcode: ' 0 ' }), want: { kind: 'answered', value: FILED } },
  { name: 'infcode is zero in another form', seen: 'a gateway that reads and writes numbers', call: 'filings', answer: () => ok({ feedetail: [filing] }, { infcode: '0.0' }), want: { kind: 'answered', value: FILED } },
  { name: 'infcode is a failure as text', seen: 'Fujian', call: 'filings', answer: () => no('人员不存在', { infcode: '-1' }), want: { kind: 'refused', code: 'platform.refused', text: '人员不存在' } },
  { name: 'infcode is a word: of a settlement nobody knows what it means', seen: 'none yet', call: 'settle', answer: (id) => ok(settlementOutput(id), { infcode: 'SUCCESS' }), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'infcode is missing and nothing says what happened', seen: 'none yet', call: 'settle', answer: (id) => json({ ...TIMES, output: settlementOutput(id) }), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'infcode says no and the output says yes', seen: 'Yunnan sample 1101 has infcode 1 beside a whole output', call: 'settle', answer: (id) => ok(settlementOutput(id), { infcode: '1' }), want: { kind: 'unknown', code: 'platform.contradictory' } },
  { name: 'infcode says no, and the output is an empty object', seen: 'several areas', call: 'settle', answer: () => no('余额不足', { output: {} }), want: { kind: 'refused', text: '余额不足' } },
  // words
  { name: 'the words stand in `message`', seen: 'Hunan', call: 'filings', answer: () => json({ infcode: -1, ...TIMES, message: '交易编号不存在', output: null }), want: { kind: 'refused', text: '交易编号不存在' } },
  { name: 'the words stand in `warn_msg`', seen: 'Fujian', call: 'filings', answer: () => no(null, { warn_msg: '人员已冻结' }), want: { kind: 'refused', text: '人员已冻结' } },
  { name: 'there are no words', seen: 'several areas', call: 'filings', answer: () => no(null), want: { kind: 'refused', text: '' } },
  { name: 'a Java class stands before the words', seen: 'Hunan sample 1101 error', call: 'filings', answer: () => no('MBS-cn.hsa.ais.common.exception.HygeiaException: 请求失败,错误原因：本地查询错误:该参保人的基本信息为空null'), want: { kind: 'refused', text: '请求失败,错误原因：本地查询错误:该参保人的基本信息为空' } },
  { name: 'a hash and a server stand behind the words', seen: 'Fujian sample 3103', call: 'filings', answer: () => no('就诊凭证编号不能为空(8f6b6ff99132423898ac53f143718e23@10.0.0.1)'), want: { kind: 'refused', text: '就诊凭证编号不能为空' } },
  { name: 'a stack trace follows the words', seen: 'Java services', call: 'filings', answer: () => no('系统异常\n\tat cn.hsa.Foo.bar(Foo.java:1)\n\tat cn.hsa.Main.main(Main.java:2)'), want: { kind: 'refused', text: '系统异常' } },
  { name: 'the words are the text null', seen: 'Hunan', call: 'filings', answer: () => no('null'), want: { kind: 'refused', text: '' } },
  { name: 'success says 成功', seen: 'Hunan sample 1101', call: 'filings', answer: () => ok({ feedetail: [filing] }, { warn_msg: '成功', err_msg: '成功' }), want: { kind: 'answered', value: FILED } },
  { name: 'success says something else: what was answered counts', seen: 'Hunan', call: 'filings', answer: () => ok({ feedetail: [filing] }, { err_msg: '提示:备案即将到期' }), want: { kind: 'answered', value: FILED } },
  // times
  { name: 'every time is null', seen: 'Hunan sample 1101 error', call: 'filings', answer: () => ok({ feedetail: [filing] }, { inf_refmsgid: null, refmsg_time: null, respond_time: null }), want: { kind: 'answered', value: FILED } },
  { name: 'there are no times at all', seen: 'local stubs', call: 'filings', answer: () => json({ infcode: 0, output: { feedetail: [filing] } }), want: { kind: 'answered', value: FILED } },
  { name: 'a time is no time', seen: 'Yunnan sample: the answer precedes the question', call: 'filings', answer: () => ok({ feedetail: [filing] }, { refmsg_time: '2026-11-21', respond_time: 'x' }), want: { kind: 'answered', value: FILED } },
  // output
  { name: 'output is a JSON text', seen: 'areas with `input` as text', call: 'filings', answer: () => ok(json({ feedetail: [filing] })), want: { kind: 'answered', value: FILED } },
  { name: 'output is a list of one', seen: 'one area, 1101', call: 'person', answer: () => ok([person]), want: { kind: 'answered', value: PERSON } },
  { name: 'output is null where a list may be empty', seen: 'Hunan', call: 'filings', answer: () => ok(null), want: { kind: 'answered', value: [] } },
  { name: 'output is the empty text', seen: 'Hunan 2601', call: 'reverse', answer: () => ok(''), want: { kind: 'answered' } },
  { name: 'output is the text null', seen: 'Hunan', call: 'reverse', answer: () => ok('null'), want: { kind: 'answered' } },
  { name: 'output is a text that is no JSON', seen: 'none yet', call: 'settle', answer: () => ok('结算成功'), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'output is praise where there is nothing to say', seen: 'none yet', call: 'reverse', answer: () => ok('操作成功'), want: { kind: 'answered' } },
  { name: 'output is JSON that breaks off', seen: 'none yet', call: 'reverse', answer: () => ok('{"result":'), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'infcode is 00', seen: 'none yet', call: 'reverse', answer: () => ok(null, { infcode: '00' }), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'a refused row is refused on both levels', seen: 'the stock family', call: 'upload', answer: () => no('批号不能为空', { output: row('0', '批号不能为空') }), want: { kind: 'refused', text: '批号不能为空' } },
  { name: 'output of a settlement is null', seen: 'none yet', call: 'settle', answer: () => ok(null), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'insuinfo is one object', seen: 'Yunnan sample 1101', call: 'person', answer: () => ok({ ...person, insuinfo }), want: { kind: 'answered', value: PERSON } },
  { name: 'the region stands under insu_admdvs', seen: 'Yunnan sample 1101', call: 'person', answer: () => ok({ ...person, insuinfo: [{ ...insuinfo, insuplc_admdvs: undefined, insu_admdvs: '430100' }] }), want: { kind: 'answered', value: PERSON } },
  { name: 'amounts are texts', seen: 'several areas', call: 'person', answer: () => ok({ ...person, insuinfo: [{ ...insuinfo, balc: '1500.00' }] }), want: { kind: 'answered', value: PERSON } },
  { name: 'an amount has an exponent', seen: 'Java BigDecimal', call: 'person', answer: () => ok(person).replace('"balc":1500', '"balc":1.5E+3'), want: { kind: 'answered', value: PERSON } },
  { name: 'an amount is no amount', seen: 'none yet', call: 'person', answer: () => ok({ ...person, insuinfo: [{ ...insuinfo, balc: '若干' }] }), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'there are keys nobody printed', seen: 'Fujian sample 3103: appname, mid', call: 'filings', answer: () => ok({ feedetail: [{ ...filing, new_field: [1, { a: 2 }] }], other: {} }, { appname: 'ims-svc-ext', mid: null, enctype: '' }), want: { kind: 'answered', value: FILED } },
  { name: 'a name stands twice', seen: 'none yet', call: 'settle', answer: (id) => ok(settlementOutput(id)).replace('"infcode":0', '"infcode":0,"infcode":-1'), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'a date is compact', seen: 'older areas', call: 'filings', answer: () => ok({ feedetail: [{ ...filing, begndate: '20201001', enddate: '21201101' }] }), want: { kind: 'answered', value: FILED } },
  { name: 'a date has a time', seen: 'several areas', call: 'filings', answer: () => ok({ feedetail: [{ ...filing, begndate: '2020-10-01 00:00:00', enddate: '2120-11-01T00:00:00' }] }), want: { kind: 'answered', value: FILED } },
  { name: 'camelCase answers in a node called output', seen: 'Hunan 3513', call: 'known-sales', answer: () => ok({ output: [{ fixmedinsCode: 'P43010099999', drugTracCodg: '89000000000000000001', fixmedinsBchno: 'B1', trdnFlag: '0', optTime: '2026-11-20 10:00:00' }] }), want: { kind: 'answered', value: [{ institution: 'P43010099999', rowKey: 'B1' }] } },
  { name: 'camelCase answers without that node', seen: 'Hunan 3508 family', call: 'known-sales', answer: () => ok([{ fixmedinsCode: 'P43010099999', drugTracCodg: '89000000000000000001', fixmedinsBchno: 'B1', trdnFlag: '0', optTime: '' }]), want: { kind: 'answered', value: [{ institution: 'P43010099999' }] } },
  // two levels of success
  { name: 'retRslt 1 as text', seen: 'Hunan 3505', call: 'upload', answer: () => ok(row('1')), want: { kind: 'answered', value: { alreadyUploaded: false } } },
  { name: 'retRslt 1 as number', seen: 'Hunan 3505', call: 'upload', answer: () => ok(row(1)), want: { kind: 'answered', value: { alreadyUploaded: false } } },
  { name: 'retRslt 0: the row is refused although infcode is 0', seen: 'two or more sources', call: 'upload', answer: () => ok(row('0', '生产日期不能为空')), want: { kind: 'refused', code: 'upload.row-refused', text: '生产日期不能为空' } },
  { name: 'retRslt 0 because it is there already', seen: 'two or more sources', call: 'upload', answer: () => ok(row(0, '批次流水号已存在')), want: { kind: 'answered', value: { alreadyUploaded: true } } },
  { name: 'retRslt in a list of one', seen: 'the A forms', call: 'upload', answer: () => ok({ result: [{ retRslt: '0', msgRslt: '批号不能为空' }] }), want: { kind: 'refused', code: 'upload.row-refused', text: '批号不能为空' } },
  // settlements
  { name: 'a 2103 names the shares otherwise', seen: 'platform.md §6', call: 'cancel', answer: (id) => { const output = settlementOutput(id, { setlinfo: { medfee_sumamt: -28.72, fund_pay_sumamt: -18.3, hifp_pay: -18.3, psn_pay: -10.42, psn_part_amt: undefined, acct_pay: -10, cash_payamt: -0.42, psn_cash_pay: undefined } }); return ok({ setlinfo: output['setlinfo'], setldetail: [] }) }, want: { kind: 'answered', value: { alreadyCancelled: false } } },
  { name: 'a 2103 refused because it was done already', seen: 'platform.md §8', call: 'cancel', answer: () => no('该结算已撤销'), want: { kind: 'answered', value: { alreadyCancelled: true } } },
  { name: 'a settlement whose equation breaks', seen: 'platform.md §6', call: 'settle', answer: (id) => ok(settlementOutput(id, { setlinfo: { psn_cash_pay: 1.42 } })), want: { kind: 'unknown', code: 'platform.contradictory' } },
  { name: 'a refusal that is a time-out of the platform itself', seen: 'several areas', call: 'settle', answer: () => no('调用业务服务超时'), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'a refusal because the number is known: the other answer is lost', seen: 'platform.md §8.4', call: 'settle', answer: () => no('发送方报文ID(msgid)重复'), want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  // outside the envelope
  { name: 'a gateway misses its headers', seen: 'Hunan sample', call: 'settle', answer: () => json({ code: 401, message: '缺少服务网关的请求头!' }), want: { kind: 'not-sent', code: 'platform.gateway', text: '缺少服务网关的请求头!' } },
  { name: 'a gateway knows nobody', seen: 'Hunan sample', call: 'settle', answer: () => json({ code: 401, message: '非法用户!' }), want: { kind: 'not-sent', code: 'platform.gateway', text: '非法用户!' } },
  { name: 'a gateway says that the clock is off', seen: 'Hunan sample', call: 'settle', answer: () => json({ code: 401, message: '签名时间戳超时!' }), want: { kind: 'not-sent', code: 'platform.clock-skew' } },
  { name: 'a gateway refuses a signature', seen: 'Hunan sample', call: 'settle', answer: () => json({ code: 401, message: '签名不一致!' }), want: { kind: 'not-sent', code: 'platform.gateway' } },
  { name: 'a gateway whose back end timed out: it may have been booked', seen: 'CSB', call: 'settle', answer: () => json({ code: 504, message: '后端服务超时!' }), want: { kind: 'unknown', code: 'platform.unexpected-answer', text: '后端服务超时!' } },
  { name: 'a gateway that says msg, and an unknown code', seen: 'platform.md §1', call: 'settle', answer: () => json({ code: '999', msg: '内部错误' }), want: { kind: 'unknown', code: 'platform.unexpected-answer', text: '内部错误' } },
  { name: 'a web server has no such page', seen: 'nginx', call: 'settle', status: 404, answer: () => '<html><h1>404 Not Found</h1></html>', want: { kind: 'not-sent', code: 'platform.gateway' } },
  { name: 'a web server lost its back end', seen: 'nginx', call: 'settle', status: 502, answer: () => '<html><h1>502 Bad Gateway</h1></html>', want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'nothing at all with 200', seen: 'a gateway under load', call: 'settle', answer: () => '', want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'the envelope with status 500', seen: 'Java services', call: 'filings', status: 500, answer: () => no('系统错误'), want: { kind: 'refused', text: '系统错误' } },
  // bytes
  { name: 'a byte-order mark stands first', seen: '.NET services', call: 'filings', answer: () => `\uFEFF${ok({ feedetail: [filing] })}`, want: { kind: 'answered', value: FILED } },
  { name: 'blanks and line ends stand around it', seen: 'several areas', call: 'filings', answer: () => `\r\n ${ok({ feedetail: [filing] })}\n\n`, want: { kind: 'answered', value: FILED } },
  { name: 'a gateway speaks GBK', seen: 'Windows services', call: 'settle', answer: () => iconv.encode(json({ code: '999', msg: '系统维护，请稍后' }), 'gbk'), want: { kind: 'unknown', code: 'platform.unexpected-answer', text: '系统维护，请稍后' } },
  { name: 'a refusal is in GBK', seen: 'Windows services', call: 'filings', answer: () => iconv.encode(no('账户余额不足'), 'gbk'), want: { kind: 'refused', text: '账户余额不足' } },
  { name: 'the whole envelope is a JSON text', seen: 'a gateway that wraps what is wrapped', call: 'filings', answer: () => JSON.stringify(ok({ feedetail: [filing] })), want: { kind: 'answered', value: FILED } },
  { name: 'output is a JSON text inside a JSON text', seen: 'the same', call: 'filings', answer: () => ok(JSON.stringify(json({ feedetail: [filing] }))), want: { kind: 'answered', value: FILED } },
  { name: 'a list in place of an envelope', seen: 'none yet', call: 'settle', answer: () => '[]', want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
  { name: 'a text in place of an envelope', seen: 'none yet', call: 'settle', answer: () => '"ok"', want: { kind: 'unknown', code: 'platform.unexpected-answer' } },
]
