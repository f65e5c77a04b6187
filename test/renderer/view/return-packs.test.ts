import { describe, expect, test } from 'vitest'
import type { LineId, ReturnCheck } from '../../../electron/contract/index.ts'
import { wholeUnits } from '../../../electron/contract/index.ts'
import { broughtList, markOf, scansWanted, toggleDamaged } from '../../../renderer/view/return-packs.ts'
import type { Brought } from '../../../renderer/view/return-packs.ts'

const pack = (code: string, mustScan: boolean, units: ReturnCheck['packs'][number]['units'] = null): ReturnCheck['packs'][number] => ({
  code,
  lineId: 'l' as LineId,
  drugName: '阿莫西林胶囊',
  lotNumber: 'L1',
  expiresOn: '2028-01-01' as never,
  units,
  mustScan,
})
const [whole, other, virtual, split] = [pack('a', true), pack('b', true), pack('v', false), pack('s', false, wholeUnits(12))]
const check: ReturnCheck = { allowed: true, reasons: [], soldOn: null, until: null, packs: [whole, other, virtual, split], uncodedPacks: 1 }
const none: Brought = new Map()

describe('packs brought back', () => {
  test('wait for the scanner, except where there is nothing to scan', () => {
    expect(check.packs.map((one) => markOf(one, none))).toEqual(['waiting', 'waiting', 'no-scan', 'no-scan'])
    expect(scansWanted(check, none)).toEqual({ done: 0, all: 2 })
    expect(scansWanted(check, new Map([['a', 'sellable'], ['v', 'damaged']]))).toEqual({ done: 1, all: 2 })
  })
  test('become damaged and whole again only once they are here; loose units and unreadable packs do not', () => {
    expect(toggleDamaged(whole, none)).toBe(none)
    const here: Brought = new Map([['a', 'sellable']])
    const damaged = toggleDamaged(whole, here)
    expect(markOf(whole, damaged)).toBe('damaged')
    expect(markOf(whole, toggleDamaged(whole, damaged))).toBe('sellable')
    expect(markOf(virtual, toggleDamaged(virtual, none))).toBe('damaged')
    expect(toggleDamaged(split, none)).toBe(none)
    const torn: Brought = new Map([['a', 'unscannable']])
    expect(toggleDamaged(whole, torn)).toBe(torn)
  })
  test('are told to core as they are marked', () => {
    expect(broughtList(new Map([['a', 'sellable'], ['b', 'unscannable']]))).toEqual([
      { code: 'a', back: 'sellable' },
      { code: 'b', back: 'unscannable' },
    ])
  })
})
