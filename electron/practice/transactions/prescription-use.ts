import { createHash } from 'node:crypto'
import { nodeOf, rowsOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import { fileOf } from '../prescriptions.ts'
import { ageInTenths, timeText } from '../province-time.ts'
import type { Prescription, RxDispense } from '../records/prescription.ts'
import { refuse } from '../refusal.ts'
import { isUnused, scaled, textOf } from '../wire-values.ts'
import { authNumberOf, checkShop, closedBecause, grantedPrescription, HOSPITAL, prescriptionOf } from './prescription-grant.ts'

const dispensesOf = (call: Call, hiRxno: string): readonly RxDispense[] =>
  [...call.province.store.shelves.rxDispenses.values()].filter((dispense) => dispense.hiRxno === hiRxno && dispense.undoneAt === null)

/** What was taken of one drug so far, in 10⁻⁴ packs. */
const takenOf = (call: Call, hiRxno: string, code: string): number =>
  dispensesOf(call, hiRxno).reduce((total, dispense) => total + dispense.lines.reduce((packs, line) => packs + (line.code === code ? line.packsE4 : 0), 0), 0)

const itemTypes = { western: '11', 'chinese-patent': '12', pieces: '13' } as const

/** Packs are counted in what the catalogue sells: the last word of its pack. */
export const packUnit = (call: Call, code: string): string => /\/([^/]+)$/.exec(call.province.catalogue.drug(code)?.packSpec ?? '')?.[1] ?? '盒'

const drugRow = (call: Call, prescription: Prescription, drug: Prescription['drugs'][number]): unknown => {
  const known = call.province.catalogue.drug(drug.code)
  if (known === null) throw new Error(`prescription ${prescription.hiRxno}: no drug ${drug.code}`)
  const { dictionary, nameOf } = call.province.tables
  const itemType = itemTypes[known.kind]
  const total = drug.packs * Math.max(1, Number(known.packCount) || 1)
  return {
    medListCodg: drug.code,
    fixmedinsHilistId: `HOSP-${drug.code.slice(0, 10)}`,
    hospPrepFlag: '0',
    ...(dictionary.get('rx_item_type_code')?.has(itemType) === true ? { rxItemTypeCode: itemType, rxItemTypeName: nameOf('rx_item_type_code', itemType) } : {}),
    urgtFlag: '0',
    basMednFlag: '0',
    otcFlag: '0',
    impDrugFlag: '0',
    drugProdname: known.name,
    drugGenname: known.name,
    drugDosform: '口服制剂',
    drugSpec: known.spec.slice(0, 40),
    prdrName: known.maker,
    medcWayCodg: '1',
    medcWayDscr: '口服',
    medcBegntime: timeText(prescription.prescribedAt),
    medcEndtime: timeText(prescription.prescribedAt + drug.days * 86_400_000),
    medcDays: drug.days,
    drugCnt: total,
    drugDosunt: drug.unit,
    sinDoscnt: drug.each,
    sinDosunt: drug.unit,
    usedFrquCodg: drug.frequency,
    usedFrquName: nameOf('used_frqu', drug.frequency).slice(0, 30),
    drugTotlcnt: drug.packs,
    drugTotlcntEmp: packUnit(call, drug.code),
    hospApprFlag: '1',
    takeDrugFlag: takenOf(call, prescription.hiRxno, drug.code) >= drug.packs * 10_000 ? '1' : '0',
  }
}

/** 7204: one prescription with its drugs, its visit and its diagnoses; the other tokens of the same grant die. */
export const downloadPrescription = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const token = textOf(row, 'epcToken')
  const prescription = grantedPrescription(call, token, 'download')
  if (authNumberOf(call, token) !== textOf(row, 'authRxno')) refuse('授权处方编号(authRxno)与电子处方令牌不一致')
  const person = call.province.people.get(prescription.psnNo)
  if (person === undefined) return refuse('本地查询错误:该参保人的基本信息为空null')
  return {
    data: {
      hiRxno: prescription.hiRxno,
      rxTraceCode: prescription.traceCode,
      fixmedinsCode: HOSPITAL.code,
      fixmedinsName: HOSPITAL.name,
      prscTime: timeText(prescription.prescribedAt),
      prscDeptName: HOSPITAL.department,
      valiEndTime: timeText(prescription.validUntil),
      rxTypeCode: '1',
      rxTypeName: call.province.tables.nameOf('rx_type_code', '1'),
      longRxFlag: prescription.drugs.some((drug) => drug.days > 14) ? '1' : '0',
      rxFile: fileOf(prescription),
      fileSuffix: 'pdf',
    },
    rxDetlList: prescription.drugs.map((drug) => drugRow(call, prescription, drug)),
    rxOtpinfo: {
      medType: prescription.medType,
      otpIptFlag: '1',
      patnName: person.name,
      patnAge: ageInTenths(person.born, call.now) / 10,
      gend: person.gender,
      nwbFlag: '0',
      suckPrdFlag: '0',
      algsHis: '无',
      maindiagCode: prescription.diagnosis.code,
      maindiagName: prescription.diagnosis.name,
      diseCodg: prescription.disease?.code ?? '',
      diseName: prescription.disease?.name ?? '',
    },
    rxDiseList: [{ diagType: '1', maindiagFlag: '1', diagSrtNo: 1, diagCode: prescription.diagnosis.code, diagName: prescription.diagnosis.name }],
  }
}

/** 7205: whether anybody changed the paper. A changed one is an answer, not a refusal. */
export const verifyPrescription = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const prescription = grantedPrescription(call, textOf(row, 'epcToken'), 'later')
  if (prescription.hiRxno !== textOf(row, 'hiRxno')) refuse('医保处方编号(hiRxno)与电子处方令牌不一致')
  const genuine = prescription.traceCode === textOf(row, 'rxTraceCode') && fileOf(prescription) === textOf(row, 'rxFile')
  const { store } = call.province
  const serial = genuine ? `VS${String(store.next('rx-verification')).padStart(18, '0')}` : ''
  if (genuine) store.put('rxVerifications', serial, { serial, hiRxno: prescription.hiRxno, institution: call.institution.code, at: call.now })
  return {
    data: {
      flag: genuine,
      rxSignVerifySn: serial,
      signCertSn: createHash('sha256').update('practice hospital certificate').digest('hex').slice(0, 32),
      signCertDn: 'CN=药柜练习医院,O=练习,C=CN',
    },
  }
}

/** 7206: what the pharmacist decided. */
export const reviewPrescription = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const prescription = grantedPrescription(call, textOf(row, 'epcToken'), 'later')
  if (prescription.hiRxno !== textOf(row, 'hiRxno')) refuse('医保处方编号(hiRxno)与电子处方令牌不一致')
  const { store } = call.province
  const verification = store.shelves.rxVerifications.get(textOf(row, 'rxSignVerifySn'))
  if (verification === undefined || verification.hiRxno !== prescription.hiRxno || verification.institution !== call.institution.code)
    refuse('处方签名验签流水号(rxSignVerifySn)无效,请先进行处方核验')
  const serial = `CK${String(store.next('rx-review')).padStart(18, '0')}`
  store.put('rxReviews', serial, {
    serial,
    hiRxno: prescription.hiRxno,
    institution: call.institution.code,
    passed: textOf(row, 'rxChkStasCodg') === '1',
    pharmacist: textOf(row, 'pharCode'),
    opinion: textOf(row, 'rxChkOpnn'),
    at: call.now,
  })
  return { data: { flag: true, rxChkBizSn: serial } }
}

const readDispensed = (call: Call, prescription: Prescription, row: Row, index: number): RxDispense['lines'][number] => {
  const where = `rxSaleDrugDetl第${index + 1}行:`
  const code = textOf(row, 'medListCodg')
  if (!prescription.drugs.some((drug) => drug.code === code)) refuse(`${where}医疗目录编码[${code}]不在处方内`)
  const packsE4 = scaled(row.drugTotlcnt, 4) ?? 0
  if (packsE4 <= 0) refuse(`${where}数量(drugTotlcnt)必须大于0`)
  const unit = packUnit(call, code)
  if (textOf(row, 'drugTotlcntEmp') !== unit) refuse(`${where}库存单位(drugTotlcntEmp)应为${unit}`)
  return { code, packsE4, tracCode: textOf(row, 'drugTraceCodg') }
}

/** Everything taken, or one self-paid taking: the prescription is used. */
const isUsed = (call: Call, prescription: Prescription): boolean => {
  const dispenses = dispensesOf(call, prescription.hiRxno)
  return dispenses.some((dispense) => !dispense.insured) || prescription.drugs.every((drug) => takenOf(call, prescription.hiRxno, drug.code) >= drug.packs * 10_000)
}

/** 7207: what left the shelf on this prescription. Only what a passed review allows, never more than is prescribed. */
export const uploadDispensed = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const { store } = call.province
  const prescription = prescriptionOf(call, textOf(row, 'hiRxno'))
  const closed = closedBecause(call, prescription)
  if (closed !== null) refuse(closed)
  const review = store.shelves.rxReviews.get(textOf(row, 'rxChkBizSn'))
  if (review === undefined || review.hiRxno !== prescription.hiRxno || review.institution !== call.institution.code) return refuse('处方审核业务流水号(rxChkBizSn)无效')
  if (!review.passed) refuse('处方审核未通过,不能调配')
  const flag = textOf(row, 'hiFeesetlFlag') || '1'
  if (flag !== '0' && flag !== '1') refuse('医疗保险结算标志位(hiFeesetlFlag)的值不在字典中')
  if (flag === '0' && isUnused(row.psnCashPay)) refuse('非医疗保险结算时现金支付总费用(psnCashPay)不能为空')
  const lines = rowsOf(call.input.rxSaleDrugDetl).map((line, index) => readDispensed(call, prescription, line, index))
  const serial = `SO${String(store.next('rx-dispense')).padStart(18, '0')}`
  store.put('rxDispenses', serial, {
    serial, hiRxno: prescription.hiRxno, institution: call.institution.code, insured: flag === '1', lines, at: call.now, undoneAt: null,
  })
  for (const drug of prescription.drugs) if (takenOf(call, prescription.hiRxno, drug.code) > drug.packs * 10_000) refuse(`药品[${drug.code}]数量超过处方数量`)
  store.put('prescriptions', prescription.hiRxno, { ...prescription, used: isUsed(call, prescription) })
  return { data: { flag: true, selStooutSn: serial } }
}

/** 7208: one upload, or all of them. */
export const undoDispensed = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const { store } = call.province
  const prescription = prescriptionOf(call, textOf(row, 'hiRxno'))
  const serial = textOf(row, 'selStooutSn')
  const undone = dispensesOf(call, prescription.hiRxno).filter(
    (dispense) => dispense.institution === call.institution.code && (serial === '' || dispense.serial === serial),
  )
  if (undone.length === 0) refuse('未找到可撤销的销售出库明细')
  for (const dispense of undone) store.put('rxDispenses', dispense.serial, { ...dispense, undoneAt: call.now })
  store.put('prescriptions', prescription.hiRxno, { ...prescription, used: isUsed(call, prescription) })
  return { data: { flag: true } }
}

/** 7209: where the goods are. Only what was dispensed can be on its way. */
export const syncDelivery = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const { store } = call.province
  const prescription = prescriptionOf(call, textOf(row, 'hiRxno'))
  if (dispensesOf(call, prescription.hiRxno).every((dispense) => dispense.institution !== call.institution.code)) refuse('该处方尚无销售出库明细,不能配送')
  const number = textOf(row, 'delvNo')
  const earlier = store.shelves.rxDeliveries.get(`${call.institution.code}:${number}`)
  if (earlier !== undefined && earlier.hiRxno !== prescription.hiRxno) refuse('配送单号(delvNo)已用于其他处方')
  if (earlier?.state === '2' || earlier?.state === '3') refuse(`配送已${earlier.state === '2' ? '完成' : '取消'},状态不能再变更`)
  store.put('rxDeliveries', `${call.institution.code}:${number}`, {
    number, hiRxno: prescription.hiRxno, institution: call.institution.code, state: textOf(row, 'delvStasCodg'), signedBy: '', at: call.now,
  })
  return { data: { flag: true } }
}

/** 7210. */
export const signDelivery = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const { store } = call.province
  const prescription = prescriptionOf(call, textOf(row, 'hiRxno'))
  const number = textOf(row, 'delvNo')
  const deliveries = [...store.shelves.rxDeliveries.values()].filter(
    (candidate) => candidate.institution === call.institution.code && candidate.hiRxno === prescription.hiRxno && (number === '' || candidate.number === number),
  )
  const delivery = deliveries.find((candidate) => candidate.signedBy === '') ?? deliveries[0]
  if (delivery === undefined) return refuse('未找到该处方的配送信息')
  if (delivery.state === '3') refuse('配送已取消,不能签收')
  if (delivery.signedBy !== '') refuse('配送已签收')
  store.put('rxDeliveries', `${call.institution.code}:${delivery.number}`, { ...delivery, state: '2', signedBy: textOf(row, 'delverName'), at: call.now })
  return { data: { flag: true } }
}
