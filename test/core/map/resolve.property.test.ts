import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DrugId, Instant, LinkKind } from '../../../electron/contract/index.ts'
import { isAppError } from '../../../electron/contract/index.ts'
import { importLinks } from '../../../electron/core/map/import-links.ts'
import { learnLink } from '../../../electron/core/map/learn-link.ts'
import { findLiveLink } from '../../../electron/core/map/link-store.ts'
import { resolveIdentifier } from '../../../electron/core/map/resolve.ts'
import { confirmLink, revokeLink } from '../../../electron/core/map/review-link.ts'
import { takeToldLink, tellLink } from '../../../electron/core/map/tell-link.ts'
import { D1, D2, D3, MANAGER, mapShop, PHARMACIST } from './map-shop.ts'
import type { MapShop } from './map-shop.ts'

/** What a link is, kept the slow way: a list that is searched. */
interface ModelLink {
  readonly linkId: string
  readonly kind: LinkKind
  readonly value: string
  readonly drugId: DrugId
  level: number
  trust: 'confirmed' | 'provisional' | 'revoked'
  /** A pharmacist of this shop said so, and nobody corrected it while it was provisional. */
  byPerson: boolean
}

const FRONTS = ['8900001', '8900002', '06999000000018', '06999000000025'] as const
const DRUG_IDS: readonly DrugId[] = [D1, D2, D3]
const barcodeOf = (gtin: string): string => gtin.slice(1)

const naive = (links: readonly ModelLink[], front: string): readonly string[] => {
  const claims = links.filter(
    (link) => link.trust !== 'revoked' && (link.kind === 'trace-identifier' ? link.value === front : front.length === 14 && link.value === barcodeOf(front)),
  )
  const firm = claims.filter(({ trust }) => trust === 'confirmed')
  const strong = firm.length > 0 ? firm : claims
  // Of one item said twice, its own identifier tells the level.
  const own = strong.filter(
    (link) => link.kind === 'trace-identifier' || !strong.some((other) => other.kind === 'trace-identifier' && other.drugId === link.drugId),
  )
  return own.map(({ linkId, drugId, kind, level, trust }) => `${drugId} ${linkId} ${kind === 'barcode' ? 1 : level} ${trust}`).toSorted()
}

type Step =
  | {
      readonly do: 'learn' | 'platform' | 'delivery' | 'chain' | 'national'
      readonly front: number
      readonly drug: number
      readonly level: number
      readonly barcode: boolean
    }
  | { readonly do: 'confirm' | 'revoke'; readonly nth: number }
  | {
      readonly do: 'import'
      readonly source: 'national' | 'chain'
      readonly leaveOut: boolean
      readonly dryRun: boolean
      readonly lines: readonly { readonly front: number; readonly drug: number; readonly level: number }[]
    }

const index = (below: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: below - 1 })
const claim = { front: index(FRONTS.length), drug: index(3), level: fc.integer({ min: 1, max: 2 }) }
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('learn' as const, 'platform' as const, 'delivery' as const, 'chain' as const, 'national' as const),
      ...claim,
      barcode: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('confirm' as const, 'revoke' as const), nth: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      source: fc.constantFrom('national' as const, 'chain' as const),
      leaveOut: fc.boolean(),
      dryRun: fc.boolean(),
      lines: fc.array(fc.record(claim), { maxLength: 4 }),
    }),
  },
)

const all = (shop: MapShop): readonly Record<string, unknown>[] =>
  shop.db.prepare('select * from code_link order by link_id').all() as Record<string, unknown>[]

/** Takes what a told link became into the model. */
const follow = (
  shop: MapShop,
  links: ModelLink[],
  told: { kind: LinkKind; value: string; drugId: DrugId; level: number | null },
  source: string,
  outcome: string,
  change: string | null,
): void => {
  const known = links.find((link) => link.trust !== 'revoked' && link.kind === told.kind && link.value === told.value && link.drugId === told.drugId)
  if (outcome === 'new') {
    expect(known).toBeUndefined()
    links.push({
      linkId: findLiveLink(shop.db, told)?.linkId ?? '',
      ...told,
      level: told.level ?? 1,
      trust: source === 'delivery' ? 'provisional' : 'confirmed',
      byPerson: false,
    })
  } else if (outcome === 'changed') {
    if (known === undefined) throw new Error('a link was changed that is not there')
    expect(known.byPerson && known.trust === 'confirmed').toBe(false)
    known.trust = 'confirmed'
    if (change === 'level' && known.level !== (told.level ?? 1)) {
      known.level = told.level ?? 1
      known.byPerson = false
    }
  }
}

const act = (shop: MapShop, links: ModelLink[], one: Step): void => {
  shop.tick()
  switch (one.do) {
    case 'confirm':
    case 'revoke': {
      const live = links.filter(({ trust }) => trust !== 'revoked')
      const link = live[one.nth % Math.max(1, live.length)]
      if (link === undefined) return
      if (one.do === 'confirm') confirmLink(shop, PHARMACIST, link.linkId)
      else revokeLink(shop, PHARMACIST, link.linkId, 'x')
      link.trust = one.do === 'confirm' ? 'confirmed' : 'revoked'
      link.byPerson = true
      return
    }
    case 'import': {
      const text = ['kind,value,drug,level', ...one.lines.map(({ front, drug, level }) => `trace-identifier,${FRONTS[front]},${DRUG_IDS[drug]},${level}`)].join(
        '\n',
      )
      const before = all(shop)
      const report = importLinks(shop, MANAGER, new TextEncoder().encode(text), {
        source: one.source,
        fileName: 'f',
        dryRun: one.dryRun,
        leaveOut: one.leaveOut,
      })
      expect(report.taken).toBe(!one.dryRun && (one.leaveOut || report.refused === 0))
      if (!report.taken) {
        expect(all(shop)).toEqual(before)
        return
      }
      for (const line of report.lines) {
        const { front, drug, level } = one.lines[line.line - 2] ?? { front: 0, drug: 0, level: 1 }
        const told = { kind: 'trace-identifier' as const, value: FRONTS[front] ?? '', drugId: DRUG_IDS[drug] ?? D1, level }
        follow(shop, links, told, one.source, line.outcome, 'level')
      }
      return
    }
    default: {
      const front = FRONTS[one.front] ?? ''
      const barcode = one.barcode && front.length === 14
      const told = {
        kind: (barcode ? 'barcode' : 'trace-identifier') as LinkKind,
        value: barcode ? barcodeOf(front) : front,
        drugId: DRUG_IDS[one.drug] ?? D1,
        level: barcode ? null : one.level,
        note: '',
      }
      if (one.do !== 'learn') {
        const result =
          one.do === 'platform' || one.do === 'delivery'
            ? takeToldLink(shop, told, one.do)
            : tellLink(shop.db, shop.newId, told, one.do, shop.clock() as Instant)
        follow(shop, links, told, one.do, result?.outcome ?? 'none', result?.outcome === 'changed' ? result.change : null)
        return
      }
      try {
        const linkId = learnLink(shop, PHARMACIST, told)
        const known = links.find((link) => link.linkId === linkId)
        if (known === undefined)
          links.push({ linkId, kind: told.kind, value: told.value, drugId: told.drugId, level: told.level ?? 1, trust: 'provisional', byPerson: true })
        else expect([known.trust === 'revoked', known.drugId]).toEqual([false, told.drugId])
      } catch (error) {
        if (!isAppError(error)) throw error
        expect(error.code).toBe('map.known-otherwise')
      }
    }
  }
}

describe('the map, whatever is learnt, told, confirmed and revoked in whatever order', () => {
  test('answers like a list that is searched; never guesses, never answers by a revoked link, never overrules a person', () => {
    let answered = 0
    let shared = 0
    let hidden = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const shop = mapShop()
        const links: ModelLink[] = []
        for (const one of steps) {
          const firm = all(shop).filter((row) => row['trust'] === 'confirmed' && (row['source'] === 'shop' || row['reviewed_by'] !== null))
          act(shop, links, one)
          if (one.do !== 'confirm' && one.do !== 'revoke') {
            const after = new Map(all(shop).map((row) => [row['link_id'], row]))
            for (const row of firm) expect({ ...after.get(row['link_id']), last_verified_at: 0 }).toEqual({ ...row, last_verified_at: 0 })
          }
          for (const front of FRONTS) {
            const { candidates } = resolveIdentifier(shop.db, front)
            expect(candidates.map(({ drugId, linkId, level, trust }) => `${drugId} ${linkId} ${level} ${trust}`).toSorted()).toEqual(naive(links, front))
            expect(new Set(candidates.map(({ drugId }) => drugId)).size).toBe(candidates.length)
            expect(new Set(candidates.map(({ trust }) => trust)).size).toBeLessThanOrEqual(1)
            if (candidates.length > 0) answered += 1
            if (candidates.length > 1) shared += 1
            if (candidates[0]?.trust === 'confirmed' && links.some((link) => link.value === front && link.trust === 'provisional')) hidden += 1
          }
        }
        shop.db.close()
      }),
      { numRuns: 80 },
    )
    // The property met what it speaks of.
    expect(Math.min(answered, shared, hidden)).toBeGreaterThan(0)
  }, 120_000)
})
