import { nodeOf, personOf, rowsOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import type { InsuredPerson } from '../people.ts'
import { dateText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { isUnused, textOf } from '../wire-values.ts'

/** 1201: one institution, by number or by a part of its name. All here are pharmacies. */
export const readInstitution = (call: Call): unknown => {
  const row = nodeOf(call, 'medinsinfo')
  const [code, name] = [textOf(row, 'fixmedins_code'), textOf(row, 'fixmedins_name')]
  if (code === '' && name === '') refuse('定点医药机构名称(fixmedins_name)和定点医药机构编号(fixmedins_code)至少填写一项')
  const type = textOf(row, 'fixmedins_type')
  const found =
    type === '2'
      ? call.province.profile.institutions.find((institution) => (code === '' || institution.code === code) && (name === '' || institution.name.includes(name)))
      : undefined
  if (found === undefined) return refuse('未查询到符合条件的定点医药机构')
  return { medinsinfo: { fixmedins_code: found.code, fixmedins_name: found.name, uscc: `91999900${found.code.slice(-8)}XX`, fixmedins_type: '2', exp_content: '' } }
}

/** 5302: where a person is bound to. Everybody of this area is bound to this shop. */
export const readDesignation = (call: Call): unknown => {
  const person = personOf(call, textOf(nodeOf(call, 'data'), 'psn_no'))
  const { code, name, area } = call.institution
  const bound = person.area === area
  return {
    psnfixmedin: bound
      ? [{ psn_no: person.psnNo, insutype: person.insurance.insutype, fix_srt_no: '1', fixmedins_code: code, fixmedins_name: name, begndate: person.insurance.since, enddate: null, memo: '' }]
      : [],
  }
}

/** 1901: a code table as it is; a table nobody has is an empty list. */
export const readCodeTable = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const type = textOf(row, 'type')
  if (textOf(row, 'date') > dateText(call.now)) refuse('查询日期(date)晚于当前日期')
  const { dictionary, nameOf } = call.province.tables
  // Every entry of the published tables is a valid one.
  const values = textOf(row, 'Vali_Flag') === '1' ? [...(dictionary.get(type) ?? [])] : []
  return {
    list: values.map((value, index) => ({
      type,
      label: nameOf(type, value).slice(0, 50),
      value: value.slice(0, 20),
      parentValue: '0',
      sort: index + 1,
      valiFlag: '1',
      createUser: 'system',
      createDate: '2024-10-14',
      version: 1,
    })),
  }
}

/** 2203A: a pharmacy's outpatient visit. It keeps its person and its kind; a diagnosis is voided by sending it again as invalid. */
export const uploadVisit = (call: Call): unknown => {
  const row = nodeOf(call, 'mdtrtinfo')
  const { store } = call.province
  const person = personOf(call, textOf(row, 'psn_no'))
  const mdtrtId = textOf(row, 'mdtrt_id')
  const medType = textOf(row, 'med_type')
  for (const [code, name] of [['rxfixmedinsCode', '处方医药机构编码'], ['rxfixmedinsName', '处方医药机构名称'], ['rxfilename', '处方文件名']] as const)
    if (textOf(row, code) === '') refuse(`药店办门诊业务时${name}(${code})不能为空`)
  if (isUnused(row.rxIn)) refuse('药店办门诊业务时文件数据(rxIn)不能为空')
  const earlier = store.shelves.visits.get(mdtrtId)
  const settled = [...store.shelves.settlements.values()].find((settlement) => settlement.mdtrtId === mdtrtId)
  for (const known of [earlier, settled]) {
    if (known === undefined) continue
    if (known.psnNo !== person.psnNo || known.institution !== call.institution.code) refuse('就诊ID(mdtrt_id)与人员不一致')
    if (known.medType !== medType) refuse('每次就诊只能选择一个医疗类别')
  }
  const diagnoses = new Map((earlier?.diagnoses ?? []).map((diagnosis) => [diagnosis.number, diagnosis]))
  for (const diagnosis of rowsOf(call.input.diseinfo)) {
    const number = String(diagnosis.diag_srt_no)
    const valid = textOf(diagnosis, 'vali_flag') === '1'
    if (!valid && !diagnoses.has(number)) refuse(`诊断排序号[${number}]不存在,不能作废`)
    diagnoses.set(number, { number, code: textOf(diagnosis, 'diag_code'), name: textOf(diagnosis, 'diag_name'), valid })
  }
  store.put('visits', mdtrtId, {
    mdtrtId,
    institution: call.institution.code,
    psnNo: person.psnNo,
    medType,
    begunAt: textOf(row, 'begntime'),
    diseaseCode: textOf(row, 'dise_codg'),
    diseaseName: textOf(row, 'dise_name'),
    condition: textOf(row, 'main_cond_dscr'),
    diagnoses: [...diagnoses.values()],
    at: call.now,
  })
  return null
}

const BASE64 = /^[0-9A-Za-z+/]+={0,2}$/
/** A picture smaller than this shows no face. */
const SMALLEST_PICTURE = 200

const personShown = (call: Call, row: Row): InsuredPerson => {
  if (textOf(row, 'medins_code') !== call.institution.code) refuse('医药机构编号(medins_code)与报文头不一致')
  const person = personOf(call, textOf(row, 'psn_no'))
  if (textOf(row, 'certno') !== person.idNumber || textOf(row, 'psn_name') !== person.name) refuse('人员姓名或证件号码与人员编号不一致')
  return person
}
const checkPicture = (row: Row, code: string): string => {
  const picture = textOf(row, code)
  return BASE64.test(picture) ? picture : refuse(`照片(${code})应为Base64编码`)
}

/** 9601: here every picture that could be one is the person's; who was registered without a face today is answered so. */
export const recogniseFace = (call: Call): unknown => {
  const row = nodeOf(call, 'recogInfo')
  const person = personShown(call, row)
  const picture = checkPicture(row, 'recog_pic')
  if (call.province.store.shelves.faceRegistrations.get(`${person.psnNo}:${dateText(call.now)}`) !== undefined)
    return { recogRslt: { recog_rslt: '4', recog_rslt_dscr: '已特殊登记' } }
  return { recogRslt: picture.length < SMALLEST_PICTURE ? { recog_rslt: '0', recog_rslt_dscr: '照片质量不合格,认证失败' } : { recog_rslt: '1', recog_rslt_dscr: '认证成功' } }
}

/** 9602. */
export const registerFace = (call: Call): unknown => {
  const row = nodeOf(call, 'spregInfo')
  const person = personShown(call, row)
  checkPicture(row, 'sp_dcla_pic')
  const day = dateText(call.now)
  call.province.store.put('faceRegistrations', `${person.psnNo}:${day}`, {
    psnNo: person.psnNo, institution: call.institution.code, day, reason: textOf(row, 'sp_dcla_rea'), business: textOf(row, 'recog_biz'), at: call.now,
  })
  return null
}
