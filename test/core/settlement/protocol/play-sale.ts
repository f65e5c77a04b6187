import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fen, isAppError } from '../../../../electron/contract/index.ts'
import type { Sale, SaleId } from '../../../../electron/contract/index.ts'
import { databaseFile } from '../../../../electron/core/core.ts'
import type { CrashPoint } from '../../../../electron/core/crash-points.ts'
import type { CredentialReader } from '../../../../electron/core/platform/credential-reader.ts'
import { loadProfile, shippedProfileFile } from '../../../../electron/core/platform/profile-file.ts'
import { allBackWhole } from '../../../../electron/domain/sale/return-rules.ts'
import { readBooks } from '../../../../electron/practice/books.ts'
import { practicePeople } from '../../../../electron/practice/people.ts'
import { PracticeProfile } from '../../../../electron/practice/profile.ts'
import type { PracticeProfileInput } from '../../../../electron/practice/profile.ts'
import { openProvince } from '../../../../electron/practice/province.ts'
import { compareBooks, openingOf } from '../../../support/compare-books.ts'
import { NINE_OCLOCK } from '../../../support/database.ts'
import { finishDay } from '../../../support/finish-day.ts'
import { openRealTill } from '../../../support/real-till.ts'
import type { RealTill } from '../../../support/real-till.ts'
import { codeOf } from '../../../support/small-shop.ts'
import type { Fates } from './line.ts'
import { createProvinceLine } from './line.ts'

export interface Play {
  readonly fates: Fates
  readonly crash: CrashPoint | null
  readonly province: PracticeProfileInput
  /** What ends a settlement that is parked: the province's screen, or the comparison of books the night after. */
  readonly endBy: 'screen' | 'books'
}
export interface Played {
  /** Empty when till and province agree to the fen and pack for pack. */
  readonly wrong: readonly string[]
  /** What came true, for the count of what was tried. */
  readonly happened: readonly string[]
}

const [patient] = practicePeople()
const credentials: CredentialReader = {
  resolve: () => Promise.resolve({ kind: 'id-card', number: patient!.idNumber, cardSerial: null, idType: '01', idNumber: patient!.idNumber, name: patient!.name }),
}

const OPEN: readonly string[] = ['unknown', 'parked', 'cancel-unknown']

/** The nights after: both sides' books are compared, and a manager confirms what the evidence says first. Returns the cures. */
const compareAtNight = async ({ client, manager, db }: RealTill, now: { at: number }): Promise<readonly string[]> => {
  const cures: string[] = []
  const isOpen = (): boolean => (db.prepare('select state from settlement').pluck().all() as string[]).some((state) => OPEN.includes(state))
  for (let night = 0; night < 3 && isOpen(); night += 1) {
    now.at += 20 * 3_600_000
    for (const { date, state } of (await client.query('reconcile.listDays', { days: 7 })).days.filter((day) => day.state !== 'not-over' && day.state !== 'balanced')) {
      if (state === 'running') throw new Error('a comparison never ended')
      const { differences } = await manager.command('reconcile.runDay', { date })
      for (const { differenceId, kind, cures: [cure], state: still } of differences) {
        if (still !== 'open' || cure === undefined) continue
        await manager.command('reconcile.decideDifference', { differenceId, cure, reason: '两边账目对照' })
        cures.push(`books ${kind} ${cure}`)
      }
    }
  }
  return cures
}

/** One insured sale of two packs from the scan to its return and its uploads, whatever the fates and one pulled plug do to it; afterwards everything settles and the books are compared. */
export const playSale = async (template: string, parent: string, play: Play): Promise<Played> => {
  const folder = mkdtempSync(path.join(parent, 'play-'))
  copyFileSync(template, databaseFile(folder))
  const now = { at: NINE_OCLOCK }
  const province = openProvince(PracticeProfile.parse(play.province), null, () => now.at)
  const books = readBooks(province.store)
  const base = loadProfile(shippedProfileFile('practice'))
  let armed = play.crash
  const happened: string[] = []
  const wrong: string[] = []
  const line = createProvinceLine({
    province,
    fates: play.fates,
    stored: (messageId) => {
      if (till.isDead()) return null
      if (till.db.inTransaction) wrong.push('sent inside a transaction')
      const row = till.db.prepare('select request from platform_message where message_id = ?').pluck().get(messageId) as Buffer | undefined
      return row ?? null
    },
  })
  const open = (): RealTill => {
    const opened = openRealTill({
      folder, profile: base, clock: () => now.at, gateway: line, credentials,
      reach: (point) => {
        if (point === armed && !opened.isDead()) {
          armed = null
          happened.push(`plug ${point}`)
          opened.pullPlug()
        }
        if (opened.isDead() && !point.endsWith(':after-commit')) throw new Error(`plug pulled at ${point}`)
      },
    })
    return opened
  }
  let till = open()
  const opening = openingOf(till.db)
  const revive = async (): Promise<void> => {
    if (!till.isDead()) return
    await till.close()
    till = open()
  }
  const step = async <T = Sale>(name: string, input: object): Promise<T | null> => {
    now.at += 1_000
    try {
      return (await till.client.command(name as 'sale.startSale', input as never)) as T
    } catch (error) {
      if (!isAppError(error)) throw error
      if (error.code === 'rpc.internal' && !till.isDead()) wrong.push(`${name} ended in rpc.internal`)
      return null
    } finally {
      await revive()
    }
  }
  const look = (saleId: SaleId): Promise<Sale> => till.client.query('sale.getSale', { saleId })
  /** Quote, settle; when the outcome is lost, its reversal, and once more with a new sale. */
  const settle = async (saleId: SaleId, again: boolean): Promise<SaleId> => {
    await step('sale.quoteSale', { saleId })
    await step('sale.settleSale', { saleId })
    let { status } = await look(saleId)
    if (status === 'open') {
      await step('sale.quoteSale', { saleId })
      await step('sale.settleSale', { saleId })
      ;({ status } = await look(saleId))
    }
    for (let round = 0; status === 'unconfirmed' && round < 2; round += 1) {
      now.at += 400_000
      await step('outbox.runNow', {})
      ;({ status } = await look(saleId))
    }
    if (status !== 'reversed' || !again) return saleId
    const copy = await step('sale.copyToNew', { saleId })
    return copy === null ? saleId : settle(copy.saleId, false)
  }
  try {
    await step('shift.openShift', { floatFen: fen(10_000) })
    let sale = await step('sale.startSale', {})
    sale ??= await step('sale.startSale', {})
    if (sale === null) throw new Error('no sale could be started')
    for (const code of [codeOf('amoxicillin', 1), codeOf('amoxicillin', 2)]) await step('sale.scanCode', { saleId: sale.saleId, raw: code, step: 'drug', via: 'hid' })
    await step('sale.readPerson', { saleId: sale.saleId, credential: { kind: 'id-card', idNumber: patient!.idNumber, name: patient!.name } })
    const saleId = await settle(sale.saleId, true)
    const { dueFen } = await look(saleId)
    if (dueFen > 0) await step('sale.takeTender', { saleId, method: 'cash', givenFen: dueFen })
    await step('outbox.runNow', {})
    const sold = await look(saleId)
    if (sold.status === 'closed') await step('sale.returnSale', { saleId, reason: '退货', packs: allBackWhole(sold.lines) })
    now.at += 400_000
    await step('outbox.runNow', {})

    line.heal()
    armed = null
    await revive()
    if (play.endBy === 'books') happened.push(...await compareAtNight(till, now))
    const ended = await finishDay({
      client: till.client, manager: till.manager,
      // Told in the wrong order, or twice: nobody should have to repair that.
      onParked: ({ subject, error }) => {
        const text = String(error?.detail['text'] ?? '')
        if (/未找到对应的销售记录|不能重复结算|重复上传|未撤销/.test(text)) wrong.push(`parked for a fault of ours: ${subject} ${text}`)
      },
      passTime: () => { now.at += 6 * 60_000 },
      wasBooked: ({ saleId: parked }) => {
        const messageId = till.db.prepare('select settle_message_id from settlement where sale_id = ?').pluck().get(parked) as string
        return books.settlementOfMessage(messageId)?.state === 'booked'
      },
    })
    if (!ended) wrong.push('it never came to an end')
    wrong.push(...line.trouble, ...compareBooks(till.db, books, opening))
    return { wrong, happened: [...happened, ...line.happened] }
  } finally {
    await till.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
