import { DEMO_STAFF } from '../../../core/demo-shop/load-demo-shop.ts'
import type { DrugId, Fen } from '../../../contract/index.ts'
import { compareBooks } from '../compare-books.ts'
import { readProvinceBooks } from '../province-books.ts'
import { dayOf } from '../stage.ts'
import type { Stage, Step } from '../stage.ts'
import { readTillBooks } from '../till-books.ts'
import { money } from '../say.ts'

/** The practice institution, as its profile names it. */
const INSTITUTION = 'P99999900001'

/**
 * Cash: 200.00 float + 20.50 (mixed) + 0.84 (split) + 21.54 (while unconfirmed) + 9.24 (delayed) + 21.54 (balance refused) + 21.54 (returned pack again)
 * + 11.31 (from the opened carton) + 4.00 (uncoded) = 310.51, less 20.50 returned = 290.01.
 * WeChat 47.84 + 15.80 + 13.50 − 47.84 = 29.30; Alipay 14.80; card 26.30 + 35.88 = 62.18. Account: 25.20 + 3.89 + 1.40 + 12.60 + 11.17 + 12.30 + 14.67 = 81.23, cancelled settlements left out; fund 14.43.
 */
const closeShift: Step = {
  id: 'close-shift',
  title: ['交班：按收款方式点钞对账', 'Shift closed: counted against the system, method by method'],
  run: async (stage) => {
    const counted = [
      ['cash', 290_01],
      ['wechat', 29_30],
      ['alipay', 14_80],
      ['card', 62_18],
    ] as const
    const { shift, unknownSales } = await stage.client.command('shift.closeShift', {
      counted: counted.map(([method, amount]) => ({ method, countedFen: amount as Fen })),
    })
    stage.expect(
      'expected by the system',
      shift.totals.map((total) => [total.method, total.expectedFen]),
      counted,
    )
    stage.expect(
      'refunds',
      shift.totals.map((total) => total.refundsFen),
      [-20_50, -47_84, 0, 0],
    )
    stage.expect(
      'no difference',
      shift.counted.map((entry) => entry.differenceFen),
      [0, 0, 0, 0],
    )
    stage.expect('sales and returns', [shift.saleCount, shift.refundCount, unknownSales], [21, 3, 0])
    stage.expect('fund and account', [shift.insuredFundFen, shift.insuredAccountFen], [14_43, 81_23])
    for (const { method, expectedFen, refundsFen } of shift.totals) {
      const entry = shift.counted.find((one) => one.method === method)
      stage.tell(
        `${method.padEnd(7)} 应有 ${money(expectedFen).padStart(8)}  实点 ${money(entry?.countedFen ?? 0).padStart(8)}  差 ${money(entry?.differenceFen ?? 0)}  其中退款 ${money(refundsFen)}`,
        `${method.padEnd(7)} expected ${money(expectedFen).padStart(8)}  counted ${money(entry?.countedFen ?? 0).padStart(8)}  difference ${money(entry?.differenceFen ?? 0)}  refunds ${money(refundsFen)}`,
      )
    }
  },
}

/**
 * By insurance and clearing type; a cancelled settlement stands in both directions.
 * 310/41: 25.20 + 76.62 + 1.40 + 12.60 + 11.17 + 21.54 + 14.67 + 24.00 = 187.20, account 157.46. Refunds: 76.62 + 24.00 = 100.62, account 80.12. 310/14: 18.32 = fund 14.43 + account 3.89.
 */
const totals: Step = {
  id: 'reconcile-totals',
  title: ['对总账 3201：全部相平', 'Reconciliation 3201: everything balanced'],
  run: async (stage) => {
    const result = await stage.client.command('reconcile.runTotals', { from: dayOf(stage.startedAt), to: dayOf(stage.clock()) })
    stage.expect('balanced, nothing open', [result.balanced, result.unconfirmed], [true, 0])
    stage.expect(
      'groups',
      result.rows.map((row) => [row.insuranceType, row.clearingType, row.refund, row.count, row.totalFen, row.fundFen, row.accountFen, row.balanced]),
      [
        ['310', '14', false, 1, 18_32, 14_43, 3_89, true],
        ['310', '41', false, 8, 187_20, 0, 157_46, true],
        ['310', '41', true, 2, -100_62, 0, -80_12, true],
      ],
    )
    for (const row of result.rows) {
      stage.tell(
        `${row.insuranceName}/${row.clearingType} ${row.refund ? '退费' : '结算'} ${row.count} 笔 总额 ${money(row.totalFen)} 基金 ${money(row.fundFen)} 账户 ${money(row.accountFen)}：${row.balanced ? '平' : row.explanation}`,
        `${row.insuranceType}/${row.clearingType} ${row.refund ? 'refunds' : 'settled'} ${row.count}, total ${money(row.totalFen)} fund ${money(row.fundFen)} account ${money(row.accountFen)}: ${row.balanced ? 'balanced' : row.explanation}`,
      )
    }
  },
}

/** Smallest units that are with customers, by drug, of the sales of this day. */
const unitsGone = async (stage: Stage): Promise<ReadonlyMap<DrugId, number>> => {
  const gone = new Map<DrugId, number>()
  for (const { sale } of (await readTillBooks(stage.client)).sales) {
    if (sale.status !== 'closed' || sale.openedAt < stage.startedAt) continue
    for (const line of sale.lines) {
      const { drug } = await stage.client.query('drug.getDrug', { drugId: line.drugId })
      gone.set(line.drugId, (gone.get(line.drugId) ?? 0) + (line.sellUnit === 'unit' ? line.quantity : line.quantity * drug.unitsPerPack))
    }
  }
  return gone
}

const books: Step = {
  id: 'compare-books',
  title: ['两本账逐笔比对：收款、结算、药盒、上传、库存、账户', 'Both books compared: tenders, settlements, packs, uploads, stock, accounts'],
  run: async (stage) => {
    const till = await readTillBooks(stage.client)
    const province = await readProvinceBooks(stage.province)
    const findings = compareBooks(till, province, INSTITUTION)
    stage.expect('till against province', findings, [])
    // 张 1,500.00 − 65.04 · 李 12.30 − 12.30 · 王 860.00 − 3.89 · 陈 never charged.
    const balance = (psnNo: string): number | undefined => province.people.find((person) => person.psnNo === psnNo)?.balanceFen
    stage.expect(
      'accounts',
      ['99990000000000000001', '99990000000000000002', '99990000000000000003', '99990000000000000010'].map(balance),
      [1434_96, 0, 856_11, 12_30],
    )
    // Two asked for and lost, one booked and reversed; both reversals are known by the number they undo.
    stage.expect('reversals', [province.reversals.length, province.settlements.filter((settlement) => settlement.state === 'reversed').length], [2, 1])
    stage.expect(
      'recorded for supervision',
      province.flags.map((flag) => flag.kind),
      ['split-repeat'],
    )
    // Three of drugs that have none, one of a pack from the uncoded list.
    stage.expect('virtual codes', province.virtualCodes.length, 4)
    const gone = await unitsGone(stage)
    const differing: string[] = []
    for (const [drugId, units] of gone) {
      const { lots } = await stage.client.query('drug.getDrug', { drugId })
      if (lots.reduce((sum, lot) => sum + lot.onHand, 0) !== (stage.openingStock.get(drugId) ?? 0) + (stage.received.get(drugId) ?? 0) - units) differing.push(drugId)
    }
    stage.expect('stock', differing, [])
    const live = till.sales.filter(({ sale }) => sale.status === 'closed').length
    const codes = province.codes.filter((code) => code.sales.length > 0).length
    const same = findings.length + differing.length === 0
    stage.tell(
      `门店 ${till.sales.length} 张单（在外 ${live}）、中心 ${province.settlements.length} 笔结算、${province.sales.length} 行销售、${province.returns.length} 行退货、${codes} 个已售码、${gone.size} 个品种库存：${same ? '分毫不差' : '有出入'}`,
      `${till.sales.length} sales here (${live} with customers), ${province.settlements.length} settlements, ${province.sales.length} sold rows, ${province.returns.length} returned rows, ${codes} sold codes there, stock of ${gone.size} drugs: ${same ? 'equal to the fen and the pack' : 'they differ'}`,
    )
  },
}

const audit: Step = {
  id: 'audit-chain',
  title: ['店长查审计日志：哈希链完整', 'The manager reads the audit log: its hash chain is intact'],
  run: async (stage) => {
    const [, , manager] = DEMO_STAFF
    await stage.client.command('session.signIn', { staffId: manager.staffId, pin: manager.pin })
    const { intact, rows } = await stage.client.query('audit.listRows', { limit: 500 })
    stage.expect('intact', intact, true)
    const seen = new Set(rows.map((row) => row.action))
    stage.expect(
      'what must be there',
      [
        'session.signIn',
        'shift.openShift',
        'sale.settleSale',
        'sale.takeTender',
        'sale.returnSale',
        'sale.voidSale',
        'outbox.retryItem',
        'shift.closeShift',
      ].filter((action) => !seen.has(action)),
      [],
    )
    stage.tell(`${rows.length} 条，完整`, `${rows.length} rows, intact`)
  },
}

export const eveningSteps: readonly Step[] = [closeShift, totals, books, audit]
