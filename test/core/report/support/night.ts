import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { fen, isAppError } from '../../../../electron/contract/index.ts'
import type { AppError, BusinessDate, Cure, Output, ReconcileDayView, ReconcileDifference, Sale, SaleId } from '../../../../electron/contract/index.ts'
import type { CrashPoint } from '../../../../electron/core/crash-points.ts'
import { ReconcileSection } from '../../../../electron/core/platform/profile-sections/reconcile.ts'
import { allBackWhole } from '../../../../electron/domain/sale/return-rules.ts'
import type { FaultAction } from '../../../../electron/practice/fault-plan.ts'
import { practicePeople } from '../../../../electron/practice/people.ts'
import type { PracticeProfileInput } from '../../../../electron/practice/profile.ts'
import type { Practice } from '../../../../electron/practice/server.ts'
import { startPractice } from '../../../../electron/practice/server.ts'
import { compareBooks, openingOf } from '../../../support/compare-books.ts'
import { NINE_OCLOCK } from '../../../support/database.ts'
import { copyTemplate, makeTemplate, openRealTill, testProfile } from '../../../support/real-till.ts'
import type { RealTill } from '../../../support/real-till.ts'
import { codeOf } from '../../../support/small-shop.ts'
import type { DrugKey } from '../../../support/small-shop.ts'

export const DAY = '2026-11-21' as BusinessDate
/** Answers that are lost are cut off, so nobody waits for this; a test with a slow answer says less. */
const PATIENCE_MS = 15_000

let template: { readonly folder: string; readonly file: string } | null = null
const shared = (): string => {
  if (template === null) {
    const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-night-template-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    template = { folder, file: makeTemplate(folder, () => NINE_OCLOCK, 12) }
  }
  return template.file
}

export interface Night {
  till: RealTill
  readonly practice: Practice
  /** One clock for both; `skewMs` is ours beside the province's. */
  readonly now: { at: number; skewMs: number }
  crashAt: CrashPoint | null
  /** Opens the shop's file again, after a pulled plug. */
  readonly revive: () => Promise<void>
  readonly sell: (codes: readonly (readonly [DrugKey, number])[], person?: number) => Promise<Sale>
  readonly giveBack: (saleId: SaleId) => Promise<Sale>
  readonly faults: (...rules: readonly (readonly [infno: string, action: FaultAction, nth?: number])[]) => void
  readonly toNextMorning: () => void
  readonly run: (date?: BusinessDate) => Promise<ReconcileDayView>
  readonly only: (view: ReconcileDayView) => ReconcileDifference
  readonly decide: (difference: ReconcileDifference, cure?: Cure, reason?: string) => Promise<Output<'reconcile.decideDifference'>>
  readonly refused: (call: Promise<unknown>) => Promise<AppError>
  readonly state: (saleId: SaleId) => string
  /** Everything sold, paid, uploaded; then what differs between the two books. */
  readonly inTheEnd: () => Promise<readonly string[]>
  /** What the province says of the message of this sale: in its own words. */
  readonly there: (saleId: SaleId) => string
}

/** A shop and a province, both real, over HTTP: days pass by a clock that the test sets. */
export const openNight = async (province: PracticeProfileInput = {}, section: Parameters<typeof ReconcileSection.parse>[0] = {}, timeoutMs = PATIENCE_MS): Promise<Night> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-night-'))
  copyTemplate(shared(), folder)
  const now = { at: NINE_OCLOCK, skewMs: 0 }
  const practice = await startPractice({ port: 0, clock: () => now.at, profile: province })
  const profile = { ...testProfile(practice, timeoutMs), reconcile: ReconcileSection.parse(section) }
  const open = (): RealTill => {
    const till = openRealTill({
      folder, profile, clock: () => now.at + now.skewMs,
      reach: (point) => {
        if (point === night.crashAt) {
          night.crashAt = null
          till.pullPlug()
        }
        if (till.isDead()) throw new Error(`plug pulled at ${point}`)
      },
    })
    return till
  }
  const people = practicePeople()
  const night: Night = {
    till: open(), practice, now, crashAt: null,
    revive: async () => {
      await night.till.close()
      night.till = open()
    },
    sell: async (codes, person = 0) => {
      const { client } = night.till
      const { saleId } = await client.command('sale.startSale', {})
      for (const [drug, nth] of codes) await client.command('sale.scanCode', { saleId, raw: codeOf(drug, nth), step: 'drug', via: 'hid' })
      await client.command('sale.readPerson', { saleId, credential: { kind: 'id-card', idNumber: people[person]!.idNumber, name: people[person]!.name } as never })
      await client.command('sale.quoteSale', { saleId })
      await client.command('sale.settleSale', { saleId })
      const settled = await client.query('sale.getSale', { saleId })
      return settled.status === 'due' ? client.command('sale.takeTender', { saleId, method: 'cash', givenFen: settled.dueFen }) : settled
    },
    giveBack: async (saleId) => {
      const { client } = night.till
      const sale = await client.query('sale.getSale', { saleId })
      return client.command('sale.returnSale', { saleId, reason: '退货', packs: allBackWhole(sale.lines) })
    },
    faults: (...rules) => practice.setFaults({ rules: rules.map(([infno, action, nth]) => ({ infno, action, ...(nth === undefined ? {} : { nth }) })) }),
    toNextMorning: () => {
      practice.setFaults({})
      now.at += 24 * 3_600_000
    },
    run: (date = DAY) => night.till.manager.command('reconcile.runDay', { date }),
    only: ({ differences }) => {
      if (differences.length !== 1) throw new Error(`one difference expected: ${JSON.stringify(differences, null, 1)}`)
      return differences[0]!
    },
    decide: ({ differenceId, cures }, cure = cures[0] ?? 'by-hand', reason = '对账文件已核对') => night.till.manager.command('reconcile.decideDifference', { differenceId, cure, reason }),
    refused: async (call) => {
      const error = await call.then(() => null, (thrown: unknown) => thrown)
      if (!isAppError(error)) throw new Error(`not refused: ${String(error)}`)
      return error
    },
    state: (saleId) => night.till.db.prepare('select state from settlement where sale_id = ?').pluck().get(saleId) as string,
    there: (saleId) => {
      const messages = night.till.db.prepare(`select message_id from platform_message where sale_id = ? and infno = '2102'`).pluck().all(saleId) as string[]
      return messages.map((messageId) => practice.books.settlementOfMessage(messageId)?.state ?? 'nothing').join('+')
    },
    inTheEnd: async () => {
      practice.setFaults({})
      const { client } = night.till
      const opening = openings.get(night)!
      for (let round = 0; round < 6; round += 1) {
        await client.command('shift.openShift', { floatFen: fen(0) }).catch(() => null)
        for (const sale of await client.query('sale.listSales', { limit: 500 })) {
          if (sale.status === 'due') await client.command('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: (await client.query('sale.getSale', { saleId: sale.saleId })).dueFen })
        }
        now.at += 400_000
        await client.command('outbox.runNow', {})
      }
      return compareBooks(night.till.db, practice.books, opening)
    },
  }
  openings.set(night, openingOf(night.till.db))
  await night.till.client.command('shift.openShift', { floatFen: fen(20_000) })
  onTestFinished(async () => {
    await night.till.close()
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return night
}
const openings = new WeakMap<Night, ReadonlyMap<string, number>>()

/** A reversal that the province refuses, so that only its books can tell. */
export const NO_REVERSAL: FaultAction = { kind: 'refuse', text: '原交易已参与对账,不允许冲正', infcode: -1 }
export const ANSWER_LOST: FaultAction = { kind: 'lose-answer-after-booking', how: 'destroy' }
export const NEVER_ARRIVED: FaultAction = { kind: 'lose-before-booking', how: 'destroy' }
