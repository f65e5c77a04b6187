import { barcodeOf, neverReceivedCode, outerPackCode, packCode, productId, soldElsewhereCode } from '../../../electron/core/demo-shop/demo-codes.ts'
import { UNCODED_ROWS } from '../../../electron/core/demo-shop/demo-plan.ts'
import { practicePeople } from '../../../electron/practice/people.ts'

// The demo shop's goods by what they are here for; names and prices are the catalogue's, codes are made up.
const LIANHUA = 399 // 连花清瘟颗粒, class A
const AMOXICILLIN = 214 // 阿莫西林胶囊, class A, has outer packs
const DOMPERIDONE = 10 // 多潘立酮片, class A
const IBUPROFEN = 286 // 布洛芬缓释胶囊, class B
const GANMAOLING = 376 // 感冒灵颗粒, off the list
const VITAMIN_C = 43 // 维生素c片, 100 a bottle; lot 2 expired yesterday
const ASPIRIN_GS1 = 60 // imported: GS1 with letters
const NO_MANUFACTURE_DATE = 402 // 小儿泻速停颗粒
const AMLODIPINE = 148 // 苯磺酸氨氯地平片, class A, for M03900
const TELMISARTAN = 156 // 替米沙坦片, class B, for M03900
const YINHUANG = 400 // 银黄颗粒, the first sample of the dock
const UNCODED = UNCODED_ROWS.boughtBefore // 尼群地平片: its packs without codes are on the uncoded list
const SOLD_YESTERDAY = 398 // 连花清瘟胶囊

export const drug = {
  lianhua: productId(LIANHUA),
  amoxicillin: productId(AMOXICILLIN),
  domperidone: productId(DOMPERIDONE),
  ibuprofen: productId(IBUPROFEN),
  ganmaoling: productId(GANMAOLING),
  vitaminC: productId(VITAMIN_C),
  aspirin: productId(ASPIRIN_GS1),
  xiesuting: productId(NO_MANUFACTURE_DATE),
  yinhuang: productId(YINHUANG),
  amlodipine: productId(AMLODIPINE),
  telmisartan: productId(TELMISARTAN),
  uncoded: productId(UNCODED),
}

export const pack = {
  lianhua: (n: number) => packCode(LIANHUA, 1, n),
  amoxicillin: (n: number) => packCode(AMOXICILLIN, 1, n),
  domperidone: (n: number) => packCode(DOMPERIDONE, 1, n),
  ibuprofen: (n: number) => packCode(IBUPROFEN, 1, n),
  ganmaoling: (n: number) => packCode(GANMAOLING, 1, n),
  vitaminC: (n: number) => packCode(VITAMIN_C, 1, n),
  aspirin: (n: number) => packCode(ASPIRIN_GS1, 1, n),
  xiesuting: (n: number) => packCode(NO_MANUFACTURE_DATE, 1, n),
  amlodipine: (n: number) => packCode(AMLODIPINE, 1, n),
  telmisartan: (n: number) => packCode(TELMISARTAN, 1, n),
  uncoded: (n: number) => packCode(UNCODED, 1, n),
  expired: packCode(VITAMIN_C, 2, 1),
  soldHere: packCode(SOLD_YESTERDAY, 1, 1),
  soldElsewhere: soldElsewhereCode(AMOXICILLIN, 1),
  middle: outerPackCode(AMOXICILLIN, 2, 1),
  neverReceived: neverReceivedCode(DOMPERIDONE, 1),
}
export const barcode = { amoxicillin: barcodeOf(AMOXICILLIN), ganmaoling: barcodeOf(GANMAOLING) }

export const wallet = { wechat: '134567890123456789', alipay: '281234567890123456' }

const personCalled = (label: string) => {
  const found = practicePeople().find((person) => person.label.startsWith(label))
  if (found === undefined) throw new Error(`nobody is ${label}`)
  return found
}
export const person = { employee: personCalled('在职职工 余额1500'), retired: personCalled('退休职工 高血压'), resident: personCalled('城乡居民 糖尿病'), smallBalance: personCalled('在职职工 余额12.30') }
