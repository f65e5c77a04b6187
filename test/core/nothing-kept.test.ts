import { expect, test } from 'vitest'
import type { CommandName, ProcedureName, QueryName } from '../../electron/contract/index.ts'
import { contract, isAppError } from '../../electron/contract/index.ts'
import type { SaleId } from '../../electron/contract/index.ts'
import type { Till } from '../support/till.ts'
import { openTill } from '../support/till.ts'

/** Bearer tokens for a minute, and numbers of people; none of them belongs to anybody. */
const SECRETS = {
  wechat: '134567890123456789',
  alipay: '281234567890123456',
  unionpay: '6212345678901234567',
  eVoucher: '4243669509084040896099430000',
  openPlatform: 'opc3669509084040896099430000',
  idNumber: '999999198806150011',
  idWithX: '99999919900307299X',
} as const

/** As a scanner, a keyboard or an input method may deliver it. */
const deliveries = (secret: string): readonly string[] => [
  secret,
  `]C0${secret}\r\n`,
  `${secret.slice(0, 6)} ${secret.slice(6, 12)} ${secret.slice(12)}`,
  secret.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  `${secret}${secret}`,
  secret.slice(0, -1),
  `${secret.slice(0, 9)}\u001d${secret.slice(9)}`,
]

type Ask = (secret: string, saleId: SaleId) => readonly Record<string, unknown>[]
const STEPS = ['drug', 'person', 'payment'] as const
const DRUG = 'P0001'
const text: Ask = (secret) => [{ text: secret }]
const code: Ask = (secret) => [{ code: secret }]

/** Every procedure that takes something scanned or typed into a search. */
const ASKS: Partial<Record<ProcedureName, Ask>> = {
  'sale.scanCode': (raw, saleId) => [
    ...STEPS.map((step) => ({ saleId, raw, step, via: 'hid' })),
    ...(['sell-anyway', 'set-aside', 'pick-drug', 'add-drug', 'open-carton', 'use-uncoded', 'one-more', 'open-pack'] as const).map((answer) => ({ saleId, raw, step: 'drug', via: 'wedge', answer, drugId: DRUG, level: 1 })),
  ],
  'trace.checkCode': (raw, saleId) => STEPS.map((step) => ({ raw, step, saleId })),
  'trace.getPack': code,
  'trace.searchPacks': (secret) => [{ text: secret }, { text: secret, by: 'code' }, { text: secret, by: 'lot' }],
  'trace.getLife': code,
  'trace.explainUpload': code,
  'trace.getPatientView': code,
  'trace.findPatients': text,
  'trace.lockPack': (secret) => [{ code: secret, reason: 'damaged' }],
  'trace.releasePack': (secret) => [{ code: secret, reason: 'damaged' }],
  'trace.destroyPack': (secret) => [{ code: secret, reason: 'damaged' }],
  'trace.transferPack': (secret) => [{ code: secret, reason: 'damaged', document: 'T-1' }],
  'drug.searchDrugs': text,
  'sale.listSales': text,
  'sale.checkReturnPack': (raw, saleId) => [{ saleId, raw }],
  'map.lookUp': text,
  'map.listLinks': text,
  'mapping.listDrugs': text,
  'map.learnLink': (secret) => [{ kind: 'trace-identifier', value: secret, drugId: DRUG, level: 1 }, { kind: 'barcode', value: secret, drugId: DRUG, level: null }],
  'goods.scanCode': (raw) => (['receive', 'count'] as const).map((purpose) => ({ deliveryId: null, raw, purpose })),
  'goods.showCarton': (raw) => [{ raw }],
  'alarm.askPlatform': code,
  'alarm.raiseAlarm': (secret) => [{ code: secret, note: 'odd' }],
  'uncoded.list': text,
  'recall.list': text,
  'catalogue.search': text,
  'catalogue.getItem': code,
}
/** Takes a text that is written down because somebody wrote it, or that no scanner reaches. */
const WRITTEN_DOWN: readonly string[] = ['uncoded.close', 'sale.setPurchaseType', 'goods.importDelivery', 'alarm.importList']

const takesText = (name: ProcedureName): boolean => Object.keys((contract[name].input as { readonly shape?: object }).shape ?? {}).some((key) => /^(raw|code|text|value|identifier|qr)$/.test(key))

test('every procedure that takes a code or a search text is asked here', () => {
  const names = (Object.keys(contract) as ProcedureName[]).filter(takesText)
  expect(names.filter((name) => ASKS[name] === undefined && !WRITTEN_DOWN.includes(name))).toEqual([])
})

/** Everything the database holds, in words; numbers as digits. */
const everythingKept = ({ db }: Till): string => {
  const tables = db.prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`).pluck().all() as string[]
  return tables.map((table) => (db.prepare(`select * from "${table}"`).raw().safeIntegers().all() as unknown[][]).map((row) => row.map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))).join('\t')).join('\n')).join('\n')
}

test('payment codes, vouchers and ID numbers, however delivered and whatever they are thrown at, are in no table, log, answer, error or event', async () => {
  const till = await openTill({ staffId: 'M1' })
  const sale = await till.start()
  const told: string[] = []
  for (const secret of Object.values(SECRETS)) {
    for (const delivered of deliveries(secret)) {
      for (const [name, ask] of Object.entries(ASKS) as [ProcedureName, Ask][]) {
        if (!(name in contract)) continue
        for (const input of ask(delivered, sale.saleId)) {
          const asked = contract[name].kind === 'query' ? till.client.query(name as QueryName, input as never) : till.client.command(name as CommandName, input as never)
          // What was typed comes back to the field it was typed into, and is kept nowhere.
          const { searched: _typed, ...answer } = (await asked.catch((error: unknown) => (isAppError(error) ? { ...error.toBody() } : { thrown: String(error) }))) as Record<string, unknown>
          told.push(`${name} ${JSON.stringify(answer)}`)
        }
      }
    }
  }
  expect(told.length).toBeGreaterThan(1_000)
  const kept = everythingKept(till)
  expect(kept).toContain('sale.scanCode')
  const places = { tables: kept, log: till.log.join('\n'), answers: told.join('\n'), events: JSON.stringify(till.events) }
  for (const [place, words] of Object.entries(places)) {
    for (const [what, secret] of Object.entries(SECRETS)) {
      // Not in parts either: the last twelve digits are as good as the code.
      const at = words.indexOf(secret.slice(-12))
      expect(at === -1 ? null : `${what} in ${place}: ${words.slice(Math.max(0, words.lastIndexOf('\n', at)), at)}`).toBeNull()
    }
  }
})
