import { describe, expect, it } from 'vitest'
import { officialPlaces } from '../../../electron/core/platform/official-places.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import { suspicionsOf } from '../../../electron/core/platform/profile-suspicions.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { official } from './tables/official-fields.ts'

const hunan = loadProfile(shippedProfileFile('hunan'))
const withNames = (wireNames: Partial<RegionProfile['wireNames']>): RegionProfile => ({ ...hunan, wireNames: { ...hunan.wireNames, ...wireNames } })
const aboutNames = (profile: RegionProfile): readonly string[] => suspicionsOf(profile).map(({ path }) => path.join('.')).filter((path) => path.startsWith('wireNames'))

describe('places of the official tables', () => {
  const places = officialPlaces(hunan)

  it('are there for every transaction, in what is sent and in what is answered', () => {
    expect(new Set([...places].map((place) => place.split('.')[0]))).toEqual(new Set(Object.keys(official)))
    for (const place of ['2102.drugdetail.durg_trac_info', '2102.drugdetail.durg_trac_info.trdn_flag', '2102.setlinfo.psn_part_amt', '3201.data.setl_optins', '3505.selinfo.MDTRT_SETL_TYPE', '3513.output.fixmedinsCode', '1301.file_qury_no', '2161.ssn', '3101.result.judge_result_detail_dtos.rx_id', '7204.rxDetlList.medListCodg'])
      expect({ place, known: places.has(place) }).toEqual({ place, known: true })
  })

  it('are what a profile may rename: another is pointed out', () => {
    expect(aboutNames(withNames({ renamed: { '2102.drugdetail.durg_trac_info': 'drug_trac_info', '3513.output.fixmedinsCode': 'code' } }))).toEqual([])
    expect(aboutNames(withNames({ renamed: { '2102.drugdetail.drug_trac_info': 'x', '3513.fixmedinsCode': 'y' } }))).toEqual(['wireNames.renamed.2102.drugdetail.drug_trac_info', 'wireNames.renamed.3513.fixmedinsCode'])
  })

  it('and codes beside tables that are published; switching the check off is pointed out', () => {
    expect(aboutNames(withNames({ dictionaries: { check: true, also: { med_type: ['9999'] } } }))).toEqual([])
    expect(aboutNames(withNames({ dictionaries: { check: false, also: { poolarea_no: ['1'] } } }))).toEqual(['wireNames.dictionaries.also.poolarea_no', 'wireNames.dictionaries.check'])
  })
})
