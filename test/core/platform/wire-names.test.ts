import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NamesSection } from '../../../electron/core/platform/profile-sections/names.ts'
import { createWireNames } from '../../../electron/core/platform/wire-names.ts'
import { wireNumber } from '../../../electron/core/platform/wire-json.ts'

const named = (renamed: Readonly<Record<string, string>>) => createWireNames(NamesSection.parse({ renamed }))

describe('names of a province', () => {
  it('replace the official ones in what is sent, at their place only', () => {
    const { outgoing } = named({ '2102.drugdetail.durg_trac_info': 'drug_trac_info', '3201.data.setl_optins': 'clr_optins', '3505.selinfo.MDTRT_SETL_TYPE': 'mdtrt_setl_type' })
    expect(outgoing('2102', { drugdetail: [{ cnt: 1, durg_trac_info: [{ trdn_flag: '0' }] }, { cnt: 2 }], durg_trac_info: 1 }))
      .toEqual({ drugdetail: [{ cnt: 1, drug_trac_info: [{ trdn_flag: '0' }] }, { cnt: 2 }], durg_trac_info: 1 })
    expect(outgoing('3201', { data: { setl_optins: '430100' } })).toEqual({ data: { clr_optins: '430100' } })
    expect(outgoing('3202', { data: { setl_optins: '430100' } })).toEqual({ data: { setl_optins: '430100' } })
  })

  it('are read as the official ones; what came under the official name is read too', () => {
    const { incoming } = named({ '3513.output.fixmedinsCode': 'fixmedins_code' })
    expect(incoming('3513', { output: [{ fixmedins_code: 'P1' }, { fixmedinsCode: 'P2' }] })).toEqual({ output: [{ fixmedinsCode: 'P1' }, { fixmedinsCode: 'P2' }] })
    expect(incoming('3513', { output: [{ fixmedins_code: 'theirs', fixmedinsCode: 'another' }] })).toEqual({ output: [{ fixmedinsCode: 'theirs' }] })
  })

  it('may be of nodes, of what is inside them, and of two that change places', () => {
    const { outgoing, incoming } = named({ '3505.selinfo': 'saleInfo', '3505.selinfo.drugtracinfo': 'codes', '3505.selinfo.drugtracinfo.drug_trac_codg': 'code', '3506.selinfo.memo': 'bchno', '3506.selinfo.bchno': 'memo' })
    const official = { selinfo: { drugtracinfo: [{ drug_trac_codg: '1' }] } }
    expect(outgoing('3505', official)).toEqual({ saleInfo: { codes: [{ code: '1' }] } })
    expect(incoming('3505', outgoing('3505', official))).toEqual(official)
    expect(outgoing('3506', { selinfo: { memo: 'a', bchno: 'b' } })).toEqual({ selinfo: { bchno: 'a', memo: 'b' } })
  })

  it('leave numbers exact and everything else alone, however deep or odd it is', () => {
    const { outgoing, incoming } = named({ '2102.a.b': 'c' })
    expect(JSON.stringify(outgoing('2102', { a: { b: wireNumber('12.30') } }))).toBe('{"a":{"c":12.30}}')
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(outgoing('3505', value)).toEqual(value)
      expect(() => { outgoing('2102', value); incoming('2102', value) }).not.toThrow()
    }), { numRuns: 300 })
  })

  it('come back as they went: every renaming of a message is undone by reading it', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const row = fc.dictionary(fc.constantFrom(...names), fc.string(), { noNullPrototype: true })
    const renaming = fc.shuffledSubarray(['v', 'w', 'x', 'y', 'z'], { minLength: 5 }).map((others) => Object.fromEntries(names.map((name, index) => [`2102.node.${name}`, others[index] ?? name])))
    fc.assert(fc.property(row, renaming, (fields, renamed) => {
      const { outgoing, incoming } = named(renamed)
      const message = { node: fields, list: [fields] }
      expect(incoming('2102', outgoing('2102', message))).toEqual(message)
    }), { numRuns: 300 })
  })

  it('are refused by the profile when they are no names or no places', () => {
    for (const renamed of [{ '2102': 'x' }, { '2102.': 'x' }, { 'abc.data.x': 'y' }, { '2102.data.x': '' }, { '2102.data.x': 'a b' }, { '2102.data.x': '1a' }]) expect(NamesSection.safeParse({ renamed }).success).toBe(false)
    expect(NamesSection.parse(undefined)).toEqual({ renamed: {}, dictionaries: { check: true, also: {} } })
  })
})
