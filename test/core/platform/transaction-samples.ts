import type { BusinessDate, Fen, Instant, LineId, Quantity, UnitPrice } from '../../../electron/contract/index.ts'
import type { InsuredBasket, UploadRow } from '../../../electron/core/platform/client.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import type { ClaimQuestion } from '../../../electron/core/platform/transactions/claim-question.ts'
import * as t1101 from '../../../electron/core/platform/transactions/t1101.ts'
import * as t1201 from '../../../electron/core/platform/transactions/t1201.ts'
import * as t1301 from '../../../electron/core/platform/transactions/t1301.ts'
import * as t1302 from '../../../electron/core/platform/transactions/t1302.ts'
import * as t1306 from '../../../electron/core/platform/transactions/t1306.ts'
import * as t1307 from '../../../electron/core/platform/transactions/t1307.ts'
import * as t1309 from '../../../electron/core/platform/transactions/t1309.ts'
import * as t1312 from '../../../electron/core/platform/transactions/t1312.ts'
import * as t1316 from '../../../electron/core/platform/transactions/t1316.ts'
import * as t1317 from '../../../electron/core/platform/transactions/t1317.ts'
import * as t1318 from '../../../electron/core/platform/transactions/t1318.ts'
import * as t1319 from '../../../electron/core/platform/transactions/t1319.ts'
import * as t1320 from '../../../electron/core/platform/transactions/t1320.ts'
import * as t1901 from '../../../electron/core/platform/transactions/t1901.ts'
import * as t2001 from '../../../electron/core/platform/transactions/t2001.ts'
import * as t2101 from '../../../electron/core/platform/transactions/t2101.ts'
import * as t2102 from '../../../electron/core/platform/transactions/t2102.ts'
import * as t2103 from '../../../electron/core/platform/transactions/t2103.ts'
import * as t2161 from '../../../electron/core/platform/transactions/t2161.ts'
import * as t2163 from '../../../electron/core/platform/transactions/t2163.ts'
import * as t2166 from '../../../electron/core/platform/transactions/t2166.ts'
import * as t2167 from '../../../electron/core/platform/transactions/t2167.ts'
import * as t2170 from '../../../electron/core/platform/transactions/t2170.ts'
import * as t2171 from '../../../electron/core/platform/transactions/t2171.ts'
import * as t2203a from '../../../electron/core/platform/transactions/t2203a.ts'
import * as t2601 from '../../../electron/core/platform/transactions/t2601.ts'
import * as t3101 from '../../../electron/core/platform/transactions/t3101.ts'
import * as t3102 from '../../../electron/core/platform/transactions/t3102.ts'
import * as t3103 from '../../../electron/core/platform/transactions/t3103.ts'
import * as t3201 from '../../../electron/core/platform/transactions/t3201.ts'
import * as t3202 from '../../../electron/core/platform/transactions/t3202.ts'
import * as t3301 from '../../../electron/core/platform/transactions/t3301.ts'
import * as t3302 from '../../../electron/core/platform/transactions/t3302.ts'
import * as t3501 from '../../../electron/core/platform/transactions/t3501.ts'
import * as t3501a from '../../../electron/core/platform/transactions/t3501a.ts'
import * as t3502 from '../../../electron/core/platform/transactions/t3502.ts'
import * as t3502a from '../../../electron/core/platform/transactions/t3502a.ts'
import * as t3503 from '../../../electron/core/platform/transactions/t3503.ts'
import * as t3503a from '../../../electron/core/platform/transactions/t3503a.ts'
import * as t3504 from '../../../electron/core/platform/transactions/t3504.ts'
import * as t3504a from '../../../electron/core/platform/transactions/t3504a.ts'
import * as t3505 from '../../../electron/core/platform/transactions/t3505.ts'
import * as t3505a from '../../../electron/core/platform/transactions/t3505a.ts'
import * as t3506 from '../../../electron/core/platform/transactions/t3506.ts'
import * as t3506a from '../../../electron/core/platform/transactions/t3506a.ts'
import * as t3507 from '../../../electron/core/platform/transactions/t3507.ts'
import * as t3507a from '../../../electron/core/platform/transactions/t3507a.ts'
import * as t3508 from '../../../electron/core/platform/transactions/t3508.ts'
import * as t3509 from '../../../electron/core/platform/transactions/t3509.ts'
import * as t3510 from '../../../electron/core/platform/transactions/t3510.ts'
import * as t3511 from '../../../electron/core/platform/transactions/t3511.ts'
import * as t3512 from '../../../electron/core/platform/transactions/t3512.ts'
import * as t3513 from '../../../electron/core/platform/transactions/t3513.ts'
import * as t3592b from '../../../electron/core/platform/transactions/t3592b.ts'
import * as t5201 from '../../../electron/core/platform/transactions/t5201.ts'
import * as t5203 from '../../../electron/core/platform/transactions/t5203.ts'
import * as t5204 from '../../../electron/core/platform/transactions/t5204.ts'
import * as t5205 from '../../../electron/core/platform/transactions/t5205.ts'
import * as t5206 from '../../../electron/core/platform/transactions/t5206.ts'
import * as t5301 from '../../../electron/core/platform/transactions/t5301.ts'
import * as t5302 from '../../../electron/core/platform/transactions/t5302.ts'
import * as t6101 from '../../../electron/core/platform/transactions/t6101.ts'
import * as t7201 from '../../../electron/core/platform/transactions/t7201.ts'
import * as t7202 from '../../../electron/core/platform/transactions/t7202.ts'
import * as t7203 from '../../../electron/core/platform/transactions/t7203.ts'
import * as t7204 from '../../../electron/core/platform/transactions/t7204.ts'
import * as t7205 from '../../../electron/core/platform/transactions/t7205.ts'
import * as t7206 from '../../../electron/core/platform/transactions/t7206.ts'
import * as t7207 from '../../../electron/core/platform/transactions/t7207.ts'
import * as t7208 from '../../../electron/core/platform/transactions/t7208.ts'
import * as t7209 from '../../../electron/core/platform/transactions/t7209.ts'
import * as t7210 from '../../../electron/core/platform/transactions/t7210.ts'
import * as t7211 from '../../../electron/core/platform/transactions/t7211.ts'
import * as t9001 from '../../../electron/core/platform/transactions/t9001.ts'
import * as t9002 from '../../../electron/core/platform/transactions/t9002.ts'
import * as t9101 from '../../../electron/core/platform/transactions/t9101.ts'
import * as t9102 from '../../../electron/core/platform/transactions/t9102.ts'
import * as t9601 from '../../../electron/core/platform/transactions/t9601.ts'
import * as t9602 from '../../../electron/core/platform/transactions/t9602.ts'
import * as t100001 from '../../../electron/core/platform/transactions/t100001.ts'

/** Trade words for every transaction, as wide and as large as its table allows. */

export const hunan = loadProfile(shippedProfileFile('hunan'))
export const wide = (width: number): string => '药'.repeat(width)
const DAY = '2024-02-29' as BusinessDate
const AT = 1_763_686_800_000 as Instant
/** As large as whole fen go exactly. */
const MONEY = Number.MAX_SAFE_INTEGER as Fen
const PRICE = Number.MAX_SAFE_INTEGER as UnitPrice
const PRICE_IN_FEN = 9_007_199_254_740_000 as UnitPrice
const COUNT = Number.MAX_SAFE_INTEGER as Quantity
const COUNT_OF_HUNDREDTHS = 9_007_199_254_740_900 as Quantity

const insurance: InsuredBasket['insurance'] = { insuranceType: '310', personType: '11', active: true, balanceFen: 0 as Fen, civilServant: false, region: '430100' }
const person: InsuredBasket['person'] = { personNumber: wide(30), name: wide(20), idType: '01', idNumber: wide(20), gender: 'female', bornOn: DAY, ageTenths: 300, insurances: [insurance] }
const basket: InsuredBasket = {
  person, insurance, credential: { kind: 'social-card', number: wide(50), cardSerial: wide(32), idType: '01', idNumber: wide(50), name: wide(50) }, purchaseKind: 'chronic',
  diseaseCode: wide(30), diseaseName: wide(500), useAccount: true, at: AT, totalFen: MONEY,
  lines: [{ position: 1, lineId: 'L1', nationalCode: wide(50), drugId: wide(150), amountFen: MONEY, quantity: COUNT, unitPrice: PRICE, packs: [{ code: wide(100), split: true }] }],
}
const goods: UploadRow = {
  rowKey: wide(30), nationalCode: wide(50), drugId: wide(30), drugName: wide(200), prescriptionOnly: true, split: true, quantity: COUNT, unitPrice: PRICE, lotNumber: wide(30), manufacturedOn: DAY, expiresOn: DAY,
  barcode: wide(30), receiptNumber: wide(40), soldAt: AT, sellerName: wide(50), pharmacistName: wide(50), pharmacistLicence: wide(50), traceCodes: [wide(30)],
  insured: { setlId: wide(30), visitId: wide(30), personNumber: wide(30), idType: '01', idNumber: wide(50), name: wide(50), region: '430100' }, ownVisitId: wide(30),
}
const returned: UploadRow = { ...goods, traceCodes: [wide(100)] }
const claim: ClaimQuestion = {
  stage: 'before-trial', visitId: wide(48), person: { ...person, personNumber: wide(50), name: wide(50) }, bornOn: DAY, insurance, purchaseKind: 'chronic', disease: { code: wide(20), name: wide(200) }, at: AT, totalFen: MONEY, figures: null,
  lines: [{ lineId: 'L1' as LineId, nationalCode: wide(50), drugId: wide(20), name: wide(50), spec: wide(100), unitName: wide(20), kind: 'western', insuranceClass: 'A', quantity: 99_990_000 as Quantity, unitPrice: PRICE_IN_FEN, amountFen: MONEY }],
}

export interface Sample { readonly build: (...args: never[]) => unknown; readonly args: readonly unknown[] }
const sample = <A extends readonly unknown[]>(build: (...args: A) => unknown, ...args: A): Sample => ({ build: build as Sample['build'], args })

export const SAMPLES: Readonly<Record<string, Sample>> = {
  '1101': sample(t1101.build, { kind: 'social-card', number: wide(50), cardSerial: wide(32), idType: '01', idNumber: wide(50), name: wide(50) }),
  '1201': sample(t1201.build, { institutionType: '5', institutionName: wide(200), institutionCode: wide(12) }),
  '1301': sample(t1301.build, wide(20)),
  '1302': sample(t1302.build, wide(20)),
  '1306': sample(t1306.build, wide(20)),
  '1307': sample(t1307.build, wide(20)),
  '1309': sample(t1309.build, wide(20)),
  '1312': sample(t1312.build, { asOf: DAY, insuranceListCode: wide(30), region: wide(6), from: DAY, insuranceListName: wide(200), wubi: wide(30), pinyin: wide(30), chargeType: '14', level: '03', limitedUse: true, listType: wide(30), medicalUse: true, maternityUse: true, useType: wide(3), compoundType: '9', valid: true, updatedAt: DAY, page: 9999, pageSize: 9999 }),
  '1316': sample(t1316.build, { asOf: DAY, nationalCode: wide(30), insuranceListCode: wide(30), listType: wide(30), region: wide(6), from: DAY, valid: true, updatedAt: DAY, page: 9999, pageSize: 9999 }),
  '1317': sample(t1317.build, { since: DAY, page: 9999, pageSize: 9999 }, 'P43010000000'),
  '1318': sample(t1318.build, { asOf: DAY, insuranceListCode: wide(30), priceLimitType: '3', overLimitHandling: wide(6), region: wide(6), from: DAY, to: DAY, valid: true, rowId: wide(40), tableName: wide(100), poolingArea: wide(6), updatedAt: DAY, page: 9999, pageSize: 9999 }),
  '1319': sample(t1319.build, { asOf: DAY, insuranceListCode: wide(30), personGroup: '390', shareType: '30', region: wide(6), from: DAY, to: DAY, valid: true, rowId: wide(40), tableName: wide(100), poolingArea: wide(6), updatedAt: DAY, page: 9999, pageSize: 9999 }),
  '1320': sample(t1320.build, wide(20)),
  '1901': sample(t1901.build, '430100', DAY),
  '2001': sample(t2001.build, { personNumber: wide(30), insuranceType: '310', institutionCode: wide(12), medType: '41', at: AT, diseaseCode: wide(30), diseaseName: wide(500) }),
  '2101': sample(t2101.build, basket, '41'),
  '2102': sample(t2102.build, basket, '41', hunan.traceCodes),
  '2103': sample(t2103.build, { setlId: wide(30), visitId: wide(30), personNumber: wide(30) }),
  '2161': sample(t2161.build, { socialSecurityNumber: wide(18), region: wide(6), institutionCode: wide(30) }),
  '2163': sample(t2163.build, { institutionCode: wide(20), registrationNumber: wide(20), operatorName: wide(50) }),
  '2166': sample(t2166.build, { ...{ voucherToken: wide(64), institutionCode: wide(20), institutionName: wide(50), region: wide(6), visitArea: wide(6), personNumber: wide(30), socialSecurityNumber: wide(18), personName: wide(50), gender: '9', bornOn: DAY, employerNumber: wide(20), employerName: wide(100), visitSerial: wide(20), medType: '71', personType: '151', insuranceType: '510', boughtOn: DAY, totalFen: MONEY, operatorName: wide(50) }, lines: [{ lineNumber: wide(30), drugId: wide(50), drugName: wide(100), insuranceListCode: wide(50), insuranceListName: wide(100), insuranceListType: '37', level: '03', invoiceItemType: '020', unitPrice: PRICE, quantity: 9_999_999_999 as Quantity, amountFen: MONEY, dosageForm: wide(20), doseUnit: wide(20), singleDose: COUNT_OF_HUNDREDTHS, spec: wide(50), origin: wide(100), usage: wide(50), at: AT, doctorName: wide(50), operatorName: wide(50), handledAt: AT }] }),
  '2167': sample(t2167.build, { institutionCode: wide(20), registrationNumber: wide(20), operatorName: wide(50) }),
  '2170': sample(t2170.build, { institutionCode: wide(20), socialSecurityNumber: wide(18) }),
  '2171': sample(t2171.build, { institutionCode: wide(20), registrationNumber: wide(20), elsewhereType: wide(3), socialSecurityNumber: wide(18), from: DAY, to: DAY }),
  '2203A': sample(t2203a.build, { visitId: wide(30), personNumber: wide(30), medType: '990103', from: AT, mainCondition: wide(1000), diseaseCode: wide(30), diseaseName: wide(500), birthControlType: '9', birthControlOn: DAY, maternityType: wide(6), gestationWeeks: 99, prescribingInstitutionCode: wide(12), prescribingInstitutionName: wide(20), prescriptionFile: new Uint8Array([1, 2, 255]), prescriptionFileName: wide(200), prescriptionExtra: wide(2000), extra: wide(4000) }, [{ diagnosisType: '3', position: 99, diagnosisCode: wide(30), diagnosisName: wide(100), departmentName: wide(50), doctorCode: wide(30), doctorName: wide(50), diagnosedAt: AT, valid: true }]),
  '2601': sample(t2601.build, { messageId: wide(30), infno: '2102', personNumber: wide(30) }),
  '3101': sample(t3101.build, claim, '41', hunan),
  '3102': sample(t3102.build, { ...claim, stage: 'before-settle' }, '41', hunan),
  '3103': sample(t3103.build, { stage: 'before-trial', resultId: wide(40), way: 'keep', reason: wide(4000) }),
  '3201': sample(t3201.build, { insuranceType: '310', clearingType: '41', clearingOffice: wide(6), refund: true, from: DAY, to: DAY, count: 9_999_999_999, totalFen: MONEY, fundFen: MONEY, accountFen: MONEY }, '430100'),
  '3202': sample(t3202.build, { clearingType: '41', clearingOffice: wide(6), refund: true, from: DAY, to: DAY, fileQueryNumber: wide(30), count: 9_999_999_999, totalFen: MONEY, fundFen: MONEY, cashFen: MONEY }, '430100'),
  '3301': sample(t3301.build, { drugId: wide(30), name: wide(200), listType: '101', nationalCode: wide(30), from: DAY, to: DAY, approvalNumber: wide(30), spec: wide(200), packSpec: wide(100), unit: wide(100) }),
  '3302': sample(t3302.build, { drugId: wide(30), listType: '101', nationalCode: wide(30) }, hunan),
  '3501': sample(t3501.build, { nationalCode: wide(50), drugId: wide(30), drugName: wide(200), prescriptionOnly: true, countedOn: DAY, quantity: COUNT_OF_HUNDREDTHS, lotNumber: wide(30), rowKey: wide(30), manufacturedOn: DAY, expiresOn: DAY, note: wide(500), traceCodes: ['1'.repeat(20)] }),
  '3501A': sample(t3501a.build, [{ nationalCode: wide(50), drugId: wide(30), drugName: wide(200), prescriptionOnly: true, countedOn: DAY, quantity: COUNT_OF_HUNDREDTHS, lotNumber: wide(30), rowKey: wide(30), manufacturedOn: DAY, expiresOn: DAY, note: wide(500), unitPrice: PRICE }]),
  '3502': sample(t3502.build, { nationalCode: wide(50), changeType: '111', drugId: wide(30), drugName: wide(200), rowKey: wide(30), unitPrice: PRICE, quantity: COUNT, prescriptionOnly: true, changedAt: AT, operatorName: wide(50), note: wide(500), split: true }),
  '3502A': sample(t3502a.build, [{ nationalCode: wide(50), changeType: '101', drugId: wide(30), drugName: wide(200), rowKey: wide(30), unitPrice: PRICE, quantity: COUNT, prescriptionOnly: true, changedAt: AT, operatorName: wide(50), note: wide(500), split: true, traceCodes: ['1'.repeat(20)], packLevel: wide(3) }]),
  '3503': sample(t3503.build, { nationalCode: wide(50), drugId: wide(30), drugName: wide(200), deliveryNoteNumber: wide(50), rowKey: wide(30), supplierName: wide(200), supplierLicence: wide(50), lotNumber: wide(30), makerName: wide(200), approvalNumber: wide(100), manufacturedOn: DAY, expiresOn: DAY, unitPrice: PRICE, quantity: COUNT, invoiceCode: wide(50), invoiceNumber: wide(50), prescriptionOnly: true, receivedAt: AT, operatorName: wide(50), gift: true, note: wide(500) }),
  '3503A': sample(t3503a.build, [{ nationalCode: wide(50), drugId: wide(30), drugName: wide(200), deliveryNoteNumber: wide(50), rowKey: wide(30), supplierName: wide(200), supplierLicence: wide(50), lotNumber: wide(30), makerName: wide(200), approvalNumber: wide(100), manufacturedOn: DAY, expiresOn: DAY, unitPrice: PRICE, quantity: COUNT, invoiceCode: wide(50), invoiceNumber: wide(50), prescriptionOnly: true, receivedAt: AT, operatorName: wide(50), gift: true, note: wide(500), documents: [{ rowKey: wide(30), content: wide(1000), fileName: wide(30) }] }]),
  '3504': sample(t3504.build, { nationalCode: wide(50), drugId: wide(30), drugName: wide(200), rowKey: wide(30), supplierName: wide(200), supplierLicence: wide(50), manufacturedOn: DAY, expiresOn: DAY, unitPrice: PRICE, quantity: COUNT, invoiceCode: wide(50), invoiceNumber: wide(50), prescriptionOnly: true, receivedAt: AT, operatorName: wide(50), note: wide(500), platformPurchaseNumber: wide(50) }),
  '3504A': sample(t3504a.build, [{ nationalCode: wide(50), drugId: wide(30), drugName: wide(200), rowKey: wide(30), supplierName: wide(200), supplierLicence: wide(50), manufacturedOn: DAY, expiresOn: DAY, unitPrice: PRICE, quantity: COUNT, invoiceCode: wide(50), invoiceNumber: wide(50), prescriptionOnly: true, receivedAt: AT, operatorName: wide(50), note: wide(500), platformPurchaseNumber: wide(50) }]),
  '3505': sample(t3505.build, goods, hunan),
  '3505A': sample(t3505a.build, [{ ...goods, barcode: wide(500), prescriptionNumber: wide(40), prescriberCode: wide(50), pharmacistCode: wide(50) }], hunan),
  '3506': sample(t3506.build, returned, hunan),
  '3506A': sample(t3506a.build, [returned], hunan),
  '3507': sample(t3507.build, { rowKey: wide(30), dataType: wide(30) }),
  '3507A': sample(t3507a.build, [{ rowKey: wide(30), dataType: wide(30) }]),
  '3508': sample(t3508.build, { institutionCode: wide(30), drugId: wide(150), rowKey: wide(30), from: DAY, to: DAY, platformStockNumber: wide(30), nationalCode: wide(50), drugName: wide(100), prescriptionOnly: true, specialItem: '9', split: true, countedOn: DAY, lotNumber: wide(30), manufacturedOn: DAY, expiresOn: DAY, note: wide(500), valid: true, rowId: wide(40), creatorId: wide(20), creatorName: wide(50), creatorOffice: wide(20), handlerId: wide(20), handlerName: wide(50), office: wide(20), poolingArea: wide(6) }),
  '3509': sample(t3509.build, { institutionCode: wide(30), drugId: wide(150), rowKey: wide(30), from: DAY, to: DAY, platformChangeNumber: wide(30), nationalCode: wide(50), changeType: '111', drugName: wide(100), prescriptionOnly: true, specialItem: '9', split: true, changedAt: AT, operatorName: wide(50), note: wide(500), valid: true, rowId: wide(40), creatorId: wide(20), creatorName: wide(50), creatorOffice: wide(20), handlerId: wide(20), handlerName: wide(50), office: wide(20), poolingArea: wide(6) }),
  '3510': sample(t3510.build, { institutionCode: wide(30), drugId: wide(150), rowKey: wide(30), from: DAY, to: DAY, platformPurchaseNumber: wide(30), nationalCode: wide(50), drugName: wide(100), deliveryNoteNumber: wide(50), supplierName: wide(200), supplierLicence: wide(50), lotNumber: wide(30), makerName: wide(200), approvalNumber: wide(100), manufacturedOn: DAY, expiresOn: DAY, invoiceCode: wide(50), invoiceNumber: wide(50), prescriptionOnly: true, specialItem: '9', receivedAt: AT, operatorName: wide(50), gift: wide(3), returned: wide(3), note: wide(500), valid: true, rowId: wide(40), creatorId: wide(20), creatorName: wide(50), creatorOffice: wide(20), handlerId: wide(20), handlerName: wide(50), office: wide(20), poolingArea: wide(6) }),
  '3511': sample(t3511.build, { institutionCode: wide(30), drugId: wide(150), rowKey: wide(30), from: DAY, to: DAY, platformSaleNumber: wide(30), nationalCode: wide(50), drugName: wide(100), prescriberIdType: wide(3), prescriberIdNumber: wide(50), prescriberName: wide(50), pharmacistIdType: wide(3), pharmacistIdNumber: wide(50), pharmacistName: wide(50), pharmacistLicence: wide(50), feeSettlementType: '2', setlId: wide(30), personNumber: wide(30), idType: '990201', idNumber: wide(600), personName: wide(50), lotNumber: wide(30), manufacturedOn: DAY, expiresOn: DAY, supervisionCode: wide(20), prescriptionOnly: true, specialItem: '9', split: true, soldAt: AT, sellerName: wide(50), note: wide(500), valid: true, rowId: wide(40), creatorId: wide(20), creatorName: wide(50), creatorOffice: wide(20), handlerId: wide(20), handlerName: wide(50), office: wide(20), poolingArea: wide(6) }),
  '3512': sample(t3512.build, { institutionCode: wide(30), drugId: wide(150), rowKey: wide(30), from: DAY, to: DAY, nationalCode: wide(50), traceCode: wide(30) }),
  '3513': sample(t3513.build, { nationalCode: wide(50), code: wide(30) }, hunan),
  '3592B': sample(t3592b.build, { nationalCode: wide(50), drugId: wide(30), drugName: wide(200), rowKey: wide(30) }, 'NMLC999'),
  '5201': sample(t5201.build, { personNumber: wide(30), from: AT, to: AT, medType: '990103', visitId: wide(30) }),
  '5203': sample(t5203.build, { personNumber: wide(30), setlId: wide(30), visitId: wide(30) }),
  '5204': sample(t5204.build, { personNumber: wide(30), setlId: wide(30), visitId: wide(30) }),
  '5205': sample(t5205.build, { personNumber: wide(30), from: AT, to: AT }),
  '5206': sample(t5206.build, wide(30)),
  '5301': sample(t5301.build, wide(30)),
  '5302': sample(t5302.build, { personNumber: wide(30), applicationType: wide(3) }),
  '6101': sample(t6101.build, { institutionCode: wide(40), businessType: wide(5), businessInfo: wide(200), operatorId: wide(20), operatorName: wide(30), departmentId: wide(20), departmentName: wide(30), deviceType: wide(30) }),
  '7201': sample(t7201.build, { institutionCode: wide(20), personName: wide(40), idType: '990201', idNumber: wide(50), voucherToken: wide(64), deviceAddress: wide(64), operatorId: wide(20), operatorName: wide(50), office: wide(20), elsewhere: true, outsideArea: wide(6), region: wide(6) }),
  '7202': sample(t7202.build, { insurancePrescriptionNumber: wide(40), institutionCode: wide(20), grantSerial: wide(40), channelId: wide(40), deviceAddress: wide(64), operatorId: wide(20), operatorName: wide(50), office: wide(20) }),
  '7203': sample(t7203.build, { qrCode: wide(40), institutionCode: wide(20), deviceInfo: wide(255), deviceAddress: wide(64), operatorId: wide(20), operatorName: wide(50), office: wide(20) }),
  '7204': sample(t7204.build, { prescriptionToken: wide(100), grantNumber: wide(30), institutionCode: wide(20), deviceInfo: wide(255), deviceAddress: wide(64), operatorId: wide(20), operatorName: wide(50), office: wide(20) }),
  '7205': sample(t7205.build, { insurancePrescriptionNumber: wide(30), institutionCode: wide(40), prescriptionTraceCode: wide(20), file: wide(4000), prescriptionToken: wide(100) }),
  '7206': sample(t7206.build, { insurancePrescriptionNumber: wide(30), prescriptionToken: wide(100), pharmacistToken: wide(64), institutionCode: wide(20), institutionName: wide(200), pharmacistIdType: '990201', pharmacistIdNumber: wide(50), pharmacistName: wide(50), pharmacistCode: wide(50), opinion: wide(2000), status: '1', reviewedAt: AT, signatureCheckNumber: wide(40) }),
  '7207': sample(t7207.build, { ...{ insurancePrescriptionNumber: wide(30), institutionCode: wide(20), institutionName: wide(200), reviewerIdType: '990201', reviewerIdNumber: wide(50), reviewerName: wide(40), dispenserIdType: '990201', dispenserIdNumber: wide(50), dispenserName: wide(40), reviewNumber: wide(30), insured: true, cashFen: 99_999_999_999_999 as Fen }, drugs: [{ receiptNumber: wide(40), outboundNumber: wide(40), outboundAt: AT, nationalCode: wide(50), drugId: wide(50), tradeName: wide(100), genericName: wide(100), spec: wide(500), dosageForm: wide(50), makerName: wide(1000), approvalNumber: wide(100), lotNumber: wide(30), batchNumber: wide(30), standardCode: wide(50), traceCode: wide(30), barcode: wide(30), shelf: wide(20), packs: COUNT_OF_HUNDREDTHS, packUnit: wide(40), amountFen: 999_999_999_999 as Fen }] }),
  '7208': sample(t7208.build, { insurancePrescriptionNumber: wide(30), institutionCode: wide(20), insured: true, outboundSerial: wide(30) }),
  '7209': sample(t7209.build, { insurancePrescriptionNumber: wide(30), deliveryNumber: wide(30), address: wide(200), distance: '99999999.99', companyCode: wide(30), companyName: wide(50), courierIdType: '99', courierIdNumber: wide(50), courierName: wide(30), courierTelephone: wide(20), status: '4', statusName: wide(20), statusText: wide(20), statusAt: AT, longitude: wide(30), latitude: wide(30), positionType: '4', receiverName: wide(30), receiverTelephone: wide(20), institutionCode: wide(20), institutionName: wide(200) }),
  '7210': sample(t7210.build, { insurancePrescriptionNumber: wide(30), deliveryNumber: wide(30), statusText: wide(20), courierIdType: '99', courierIdNumber: wide(50), courierName: wide(30), courierTelephone: wide(20), statusAt: AT, longitude: wide(30), latitude: wide(30), positionType: '4', checkedBy: wide(3), companyCode: wide(30) }),
  '7211': sample(t7211.build, { institutionCode: wide(20), nationalCode: wide(50), nationalCodes: [wide(4000)], drugName: wide(500), dualChannel: true, outpatientPooling: true, from: AT, to: AT, page: 999, pageSize: 100 }),
  '9001': sample(t9001.build, wide(20), { mac: wide(20), ip: wide(20) }),
  '9002': sample(t9002.build, wide(30), wide(20)),
  '9101': sample(t9101.build, { fileName: wide(200), institutionCode: wide(30), bytes: 'AQL/' }),
  '9102': sample(t9102.build, { fileQueryNumber: wide(40), fileName: wide(200), institutionCode: wide(30) }),
  '9601': sample(t9601.build, { institutionCode: wide(30), institutionName: wide(100), personNumber: wide(30), idType: '990201', idNumber: wide(50), personName: wide(50), picture: wide(1048576), business: '21', planId: wide(40), visitId: wide(30) }),
  '9602': sample(t9602.build, { institutionCode: wide(30), institutionName: wide(100), personNumber: wide(30), idType: '990201', idNumber: wide(50), personName: wide(50), reason: '4', reasonText: wide(100), picture: wide(1048576), business: '21', planId: wide(40), visitId: wide(30) }),
  '100001': sample(t100001.build, { personNumber: wide(30), setlId: wide(30), visitId: wide(30) }),
}
