import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { barcode, drug, pack, person, wallet } from './support/codes.ts'
import { counts, eventually, openTill, says, verdict, wholePage } from './support/counter.ts'
import type { ShownVerdict } from './support/counter.ts'
import { press, pushScan, wedge } from './support/keyboard.ts'
import type { Shop } from './support/open-till.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'

/** Everything the host wrote as text: logs, printed receipts, the province's own. Not the database, which is encrypted. */
const writtenFiles = ({ folder }: Shop): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(log|json|txt|svg|bin)$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

interface Wrong {
  readonly what: string
  readonly code: string
  readonly reason: string
  readonly tone: 'refuse' | 'ask'
  readonly word: string
  readonly sentence: RegExp
  readonly shoot?: string
  readonly secret?: true
}

const WRONG: readonly Wrong[] = [
  { what: 'a payment code', code: wallet.wechat, reason: 'payment-code', tone: 'refuse', word: '付款码', sentence: /未显示也未记录/, secret: true },
  {
    what: 'an ID number',
    code: person.employee.idNumber,
    reason: 'id-in-drug-step',
    tone: 'refuse',
    word: '身份证',
    sentence: /未显示也未记录/,
    secret: true,
    shoot: 'verdict-wrong-step',
  },
  { what: 'a product barcode', code: barcode.ganmaoling, reason: 'product-barcode', tone: 'ask', word: '商品条码', sentence: /感冒灵颗粒/ },
  { what: 'a middle pack', code: pack.middle, reason: 'wrong-level', tone: 'refuse', word: '外包装码', sentence: /阿莫西林胶囊/ },
  {
    what: 'a pack sold here yesterday',
    code: pack.soldHere,
    reason: 'sold-here',
    tone: 'refuse',
    word: '已售',
    sentence: /连花清瘟胶囊.*在本店售出.*小票/,
    shoot: 'verdict-sold-here',
  },
  {
    what: 'a pack sold elsewhere',
    code: pack.soldElsewhere,
    reason: 'sold-elsewhere',
    tone: 'refuse',
    word: '他处已售',
    sentence: /阿莫西林胶囊.*别处已有销售记录/,
    shoot: 'verdict-sold-elsewhere',
  },
  {
    what: 'an expired pack',
    code: pack.expired,
    reason: 'expired',
    tone: 'refuse',
    word: '过期',
    sentence: /维生素c片.*已过期 1 天.*不得销售/,
    shoot: 'verdict-expired',
  },
  {
    what: 'a pack of a front nobody knows, at a cashier’s till',
    code: '89888880000000000001',
    reason: 'unknown-identifier',
    tone: 'refuse',
    word: '未建档',
    sentence: /标识 8988888 未对应到本店药品/,
  },
  {
    what: 'a pack that never came in',
    code: pack.neverReceived,
    reason: 'never-received',
    tone: 'ask',
    word: '未入库',
    sentence: /多潘立酮片.*没有该盒的入库记录/,
    shoot: 'verdict-never-received',
  },
]

describe('what must not be sold says so and stays out of the sale', () => {
  const shop = useShop()
  beforeAll(() => openTill(shop()))

  it('starts a sale with one good pack', async () => {
    const { window } = shop()
    await wedge(window, pack.lianhua(1))
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 1/1`])
  })

  for (const wrong of WRONG) {
    it(`refuses or asks about ${wrong.what}, by word and sentence, and adds nothing`, async () => {
      const { window } = shop()
      await wedge(window, wrong.code)
      const said: ShownVerdict = await says(window, wrong.reason)
      expect(said.tone).toBe(wrong.tone)
      expect(said.word).toBe(wrong.word)
      expect(said.sentence).toMatch(wrong.sentence)
      expect(said.action).not.toBe('')
      expect(await counts(window)).toEqual([`${drug.lianhua} 1/1`])
      if (wrong.shoot !== undefined)
        await shoot(window, wrong.shoot, { dark: wrong.reason === 'sold-elsewhere', ...(wrong.reason === 'sold-elsewhere' ? { docs: 'verdict-refused' } : {}) })
      // It stays until answered.
      expect((await verdict(window)).code).toBe(wrong.reason)
      if (wrong.secret === true) expect(await wholePage(window)).not.toContain(wrong.code)
      // Enter would put aside a pack that is not ours.
      await press(window, wrong.tone === 'ask' || wrong.reason === 'sold-elsewhere' ? 'Escape' : 'Enter')
      await eventually(async () => (await verdict(window)).tone).toBe('ready')
      expect(await counts(window)).toEqual([`${drug.lianhua} 1/1`])
    })
  }

  it('locks a pack that never came in only when told to, and says so', async () => {
    const { window } = shop()
    await wedge(window, pack.neverReceived)
    await says(window, 'never-received')
    await press(window, '2')
    expect((await says(window, 'set-aside')).word).toBe('已放一旁')
    await press(window, 'Enter')
    expect(await counts(window)).toEqual([`${drug.lianhua} 1/1`])
    await wedge(window, pack.neverReceived)
    await says(window, 'locked')
    await press(window, 'Enter')
  })

  it('tells a pack that is already in this sale softly, and goes on with the next scan', async () => {
    const { window } = shop()
    await wedge(window, pack.lianhua(1))
    const said = await says(window, 'in-this-sale')
    expect(said.word).toBe('重复')
    await shoot(window, 'verdict-own-repeat')
    await wedge(window, pack.lianhua(2))
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 2/2`])
    expect((await says(window, 'pack-ok')).tone).toBe('accept')
  })

  it('keeps two answers that are owed: the foreign pack first, the one before it still there after', async () => {
    const { window } = shop()
    await wedge(window, barcode.amoxicillin)
    await says(window, 'product-barcode')
    await wedge(window, pack.soldElsewhere)
    await says(window, 'sold-elsewhere')
    await press(window, 'Enter')
    await says(window, 'product-barcode')
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 2/2`, `${drug.amoxicillin} 0/1`])
  })

  it('leaves the digits of payment codes, IDs and vouchers nowhere: not in the page, not in what the host wrote, by keys or handed over', async () => {
    const { window } = shop()
    const secrets = [wallet.wechat, wallet.alipay, person.employee.idNumber, person.employee.eVoucher, person.resident.idNumber]
    for (const secret of secrets) {
      await pushScan(window, secret)
      await eventually(async () => (await verdict(window)).code).toMatch(/payment-code|id-in-drug-step|ecert-in-drug-step/)
      const page = await wholePage(window)
      for (const other of secrets) expect(page).not.toContain(other)
      await press(window, 'Escape')
    }
    const written = writtenFiles(shop())
    expect(written.length).toBeGreaterThan(0)
    for (const secret of secrets) expect(written).not.toContain(secret)
  })
})
