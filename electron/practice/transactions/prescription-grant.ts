import { createHash } from 'node:crypto'
import { nodeOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import type { InsuredPerson } from '../people.ts'
import { timeText } from '../province-time.ts'
import type { Prescription } from '../records/prescription.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'

const GRANT_MINUTES = 30
export const HOSPITAL = { code: 'H99999900001', name: '药柜练习医院', department: '普通内科' } as const

export const checkShop = (call: Call, row: Row): void => {
  if (textOf(row, 'fixmedinsCode') !== call.institution.code) refuse('定点医药机构编号(fixmedinsCode)与报文头不一致')
}

export const prescriptionOf = (call: Call, hiRxno: string): Prescription =>
  call.province.store.shelves.prescriptions.get(hiRxno) ?? refuse('医保处方编号(hiRxno)不存在')

/** Why nothing may be taken from it; null: something may. */
export const closedBecause = (call: Call, prescription: Prescription): string | null => {
  if (prescription.state === '3') return '电子处方已撤销'
  if (prescription.state === '4') return '电子处方已作废'
  if (prescription.state === '2' || call.now > prescription.validUntil) return '电子处方已过期'
  return prescription.used ? '电子处方已使用' : null
}

/** A token the shop downloads and verifies with; nobody can guess it, and the same message gives the same one. */
const grant = (call: Call, prescription: Prescription, round: string): { authRxno: string; epcToken: string; expiresIn: string } => {
  const { store } = call.province
  const authRxno = `AU${String(store.next('rx-grant')).padStart(18, '0')}`
  const token = createHash('sha256').update(`${call.msgid}:${authRxno}:${prescription.hiRxno}`).digest('hex')
  const expiresAt = call.now + GRANT_MINUTES * 60_000
  store.put('rxGrants', token, { token, authRxno, hiRxno: prescription.hiRxno, institution: call.institution.code, round, expiresAt, state: 'granted' })
  return { authRxno, epcToken: token, expiresIn: timeText(expiresAt) }
}

const personOfGrant = (call: Call, row: Row): InsuredPerson => {
  const person = textOf(row, 'psnCertType') === '01' ? call.province.peopleById.get(textOf(row, 'certno')) : undefined
  if (person === undefined || person.name !== textOf(row, 'psnName')) return refuse('本地查询错误:该参保人的基本信息为空null')
  const [token, registration] = [textOf(row, 'ecToken'), textOf(row, 'regSn')]
  if ((token === '') === (registration === '')) refuse('电子凭证令牌(ecToken)和身份登记流水号(regSn)必须传其一,另外一个传空')
  if (token !== '') {
    const voucher = call.province.store.shelves.vouchers.get(token)
    if (voucher === undefined) return refuse('医保电子凭证令牌无效')
    if (voucher.psnNo !== person.psnNo) refuse('医保电子凭证与人员信息不一致')
    if (call.now - voucher.at > call.province.profile.voucherTokenMinutes * 60_000) refuse('医保电子凭证令牌已失效,请重新扫码')
  }
  return person
}

/** 7201: what waits for this person, each with a token of its own. */
export const grantAtCounter = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const person = personOfGrant(call, row)
  if (textOf(row, 'outFlag') === '1') {
    for (const [code, name] of [['outPoolareaNo', '异地处方医保区划'], ['insuPlcNo', '参保地编号']] as const)
      if (textOf(row, code) === '') refuse(`${name}(${code})不能为空`)
    return refuse('未查询到异地电子处方')
  }
  const waiting = [...call.province.store.shelves.prescriptions.values()].filter(
    (prescription) => prescription.psnNo === person.psnNo && closedBecause(call, prescription) === null,
  )
  if (waiting.length === 0) refuse('未查询到待取药的电子处方')
  const names = { '01': '双通道处方', '02': '门诊统筹处方', '03': '其他' } as const
  return {
    data: waiting.map((prescription) => ({
      ...grant(call, prescription, call.msgid),
      fixmedinsCode: HOSPITAL.code,
      fixmedinsName: HOSPITAL.name,
      prscTime: timeText(prescription.prescribedAt),
      deptName: HOSPITAL.department,
      diseCodg: prescription.disease?.code ?? '',
      diseName: prescription.disease?.name ?? '',
      valiEndTime: timeText(prescription.validUntil),
      rxExraAttrCode: prescription.attribute,
      rxExraAttrName: names[prescription.attribute],
    })),
  }
}

const openOne = (call: Call, prescription: Prescription): Prescription => {
  const closed = closedBecause(call, prescription)
  return closed === null ? prescription : refuse(closed)
}

/** 7202: the person granted this shop one prescription in an app. */
export const grantOnline = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const prescription = prescriptionOf(call, textOf(row, 'hiRxno'))
  if (prescription.onlineGrant !== textOf(row, 'authCircBizSn')) refuse('线上流转授权业务流水号(authCircBizSn)无效')
  return { data: grant(call, openOne(call, prescription), call.msgid) }
}

/** 7203: the QR code of one prescription. */
export const grantByCode = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const prescription = [...call.province.store.shelves.prescriptions.values()].find((candidate) => candidate.qr === textOf(row, 'epcQrcd'))
  if (prescription === undefined) return refuse('电子处方二维码无效')
  return { data: grant(call, openOne(call, prescription), call.msgid) }
}

/** The prescription a token stands for, in this shop, now. `asDownloaded`: later steps want the one that was downloaded. */
export const grantedPrescription = (call: Call, token: string, step: 'download' | 'later'): Prescription => {
  const { store } = call.province
  const held = store.shelves.rxGrants.get(token)
  if (held === undefined || held.institution !== call.institution.code) return refuse('电子处方令牌(epcToken)无效')
  if (held.state === 'dead') refuse('电子处方令牌(epcToken)已失效:同次授权的其他处方已下载')
  if (call.now > held.expiresAt) refuse('电子处方令牌(epcToken)已过期,请重新授权')
  if (step === 'later' && held.state !== 'downloaded') refuse('电子处方尚未下载')
  if (step === 'download') {
    for (const other of store.shelves.rxGrants.values())
      if (other.round === held.round && other.token !== token && other.state === 'granted') store.put('rxGrants', other.token, { ...other, state: 'dead' })
    store.put('rxGrants', token, { ...held, state: 'downloaded' })
  }
  return openOne(call, prescriptionOf(call, held.hiRxno))
}
export const authNumberOf = (call: Call, token: string): string => call.province.store.shelves.rxGrants.get(token)?.authRxno ?? ''
