import { fen } from '../../../electron/contract/index.ts'
import type { BusinessDate, Freshness, Instant, Person } from '../../../electron/contract/index.ts'

const live = (at: number): Freshness => ({ source: 'live', fetchedAt: at as Instant, stale: false })

interface Sample {
  readonly label: string
  readonly eVoucher: string
  readonly idNumber: string
  readonly socialCard: string
  readonly name: string
  readonly person: (at: number) => Person
}

const base = (at: number, over: Partial<Person>): Person => ({
  personId: '00000000-0000-7000-9000-000000000001',
  nameMasked: '张*',
  idMasked: '999***********0017',
  gender: 'male',
  age: 46,
  credentialKind: 'e-voucher',
  insurances: [
    {
      insuranceType: '310',
      insuranceName: '职工基本医疗保险',
      personTypeName: '在职',
      active: true,
      balanceFen: fen(150_000),
      region: '999900',
      regionName: '练习市',
    },
  ],
  chosenInsurance: 0,
  identity: live(at),
  filings: [{ diseaseCode: 'M03900', diseaseName: '高血压', from: '2025-01-01' as BusinessDate, to: '2027-12-31' as BusinessDate, valid: true }],
  filingsFreshness: live(at),
  entitlement: { state: 'entitled', reason: '' },
  entitlementFreshness: live(at),
  accumulators: [{ typeCode: 'Y_CUM', typeName: '门诊统筹年度累计', year: '2026', amountFen: fen(86_320) }],
  accumulatorsFreshness: live(at),
  ...over,
})

/** Region 999999 does not exist. */
export const PEOPLE: readonly Sample[] = [
  {
    label: '职工 · 高血压备案',
    eVoucher: '4249999999999999901017999900',
    idNumber: '999999198003040017',
    socialCard: 'T99990001',
    name: '张三',
    person: (at) => base(at, {}),
  },
  {
    label: '居民 · 糖尿病',
    eVoucher: '4249999999999999902017999900',
    idNumber: '999999195507120025',
    socialCard: 'T99990002',
    name: '欧阳小红',
    person: (at) =>
      base(at, {
        personId: '00000000-0000-7000-9000-000000000002',
        nameMasked: '欧**',
        idMasked: '999***********0025',
        gender: 'female',
        age: 71,
        insurances: [
          {
            insuranceType: '390',
            insuranceName: '城乡居民基本医疗保险',
            personTypeName: '居民',
            active: true,
            balanceFen: fen(0),
            region: '999900',
            regionName: '练习市',
          },
          {
            insuranceType: '310',
            insuranceName: '职工基本医疗保险',
            personTypeName: '退休',
            active: false,
            balanceFen: fen(1_203),
            region: '999901',
            regionName: '外市',
          },
        ],
        filings: [{ diseaseCode: 'M01600', diseaseName: '糖尿病', from: '2024-01-01' as BusinessDate, to: '2026-06-30' as BusinessDate, valid: false }],
        accumulators: [],
        filingsFreshness: { source: 'cache', fetchedAt: (at - 50 * 60_000) as Instant, stale: true },
      }),
  },
  {
    label: '停保',
    eVoucher: '4249999999999999903017999900',
    idNumber: '999999199012010033',
    socialCard: 'T99990003',
    name: '李四',
    person: (at) =>
      base(at, {
        personId: '00000000-0000-7000-9000-000000000003',
        nameMasked: '李*',
        idMasked: '999***********0033',
        age: 35,
        insurances: [
          {
            insuranceType: '310',
            insuranceName: '职工基本医疗保险',
            personTypeName: '在职',
            active: false,
            balanceFen: fen(3_000),
            region: '999900',
            regionName: '练习市',
          },
        ],
        filings: [],
        entitlement: { state: 'not-entitled', reason: '参保状态为暂停参保' },
        accumulators: [],
      }),
  },
]
