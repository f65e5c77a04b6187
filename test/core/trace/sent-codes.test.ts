import { describe, expect, test } from 'vitest'
import type { Instant } from '../../../electron/contract/index.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { barcodeOf } from '../../../electron/core/demo-shop/demo-codes.ts'
import { tellLink } from '../../../electron/core/map/tell-link.ts'
import { uploadOf } from '../../support/fake-platform.ts'
import { codeOf, drugIdOf, lotNumberOf, ROWS } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const practice = loadProfile(shippedProfileFile('practice'))
const openWith = (trace: Partial<RegionProfile['trace']>): Promise<Till> => openTill({ profile: { ...practice, trace: { ...practice.trace, ...trace } } })
const uploaded = (till: Till) => till.platform.calls.filter((call) => call.name === '3505').map((call) => uploadOf(call).traceCodes)

const GTIN = `0${barcodeOf(ROWS.amoxicillin)}`
const SYMBOL = `01${GTIN}10${lotNumberOf('amoxicillin', 1)}\u001d21SERIALx7`
const FORMS = {
  'gs-removed': SYMBOL.replace('\u001d', ''),
  'gs-kept': SYMBOL,
  bracketed: `(01)${GTIN}(10)${lotNumberOf('amoxicillin', 1)}(21)SERIALx7`,
  'identifier-serial': `01${GTIN}21SERIALx7`,
} as const

describe('a GS1 pack is uploaded in the form that the region names, and is one pack here whatever the form', () => {
  for (const [outgoingForm, expected] of Object.entries(FORMS)) {
    test(outgoingForm, async () => {
      const till = await openWith({ outgoingForm: outgoingForm as keyof typeof FORMS })
      tellLink(till.db, till.core.house.newId, { kind: 'trace-identifier', value: GTIN, drugId: drugIdOf('amoxicillin'), level: 1, note: 'test' }, 'chain', till.clock.now as Instant)
      const sale = await till.start()
      expect((await till.scan(sale, `]d2${SYMBOL}`, { answer: 'sell-anyway' })).verdict.outcome).toBe('notice')
      await till.tender(sale, 100_000)
      await till.outbox()
      expect(uploaded(till)).toEqual([[expected]])
      const pack = await till.client.query('trace.getPack', { code: FORMS['gs-removed'] })
      expect(pack.events.map((event) => event.kind)).toEqual(['first-seen', 'put-in-sale', 'sold', 'uploaded'])
    })
  }
})

describe('loose units of an opened pack are told as the region wants them', () => {
  const CODE = codeOf('chlorphenamine', 1)
  for (const [splitPolicy, expected] of [['repeat-with-counter', [CODE]], ['fixed-filler', ['9'.repeat(20)]], ['not-sent', []]] as const) {
    test(splitPolicy, async () => {
      const till = await openWith({ splitPolicy })
      const sale = await till.start()
      const { lineId } = await till.add(sale, 'chlorphenamine', 'unit')
      await till.setQuantity(sale, lineId, 24)
      await till.scan(sale, CODE, { answer: 'open-pack' })
      await till.tender(sale, 24)
      await till.outbox()
      expect(uploaded(till)).toEqual([expected])
      // Our own ledger counts the units and knows that they were told, whatever was sent.
      const pack = await till.client.query('trace.getPack', { code: CODE })
      expect([pack.unitsLeft, pack.events.at(-1)?.kind]).toEqual([760_000, 'uploaded'])
    })
  }
})
