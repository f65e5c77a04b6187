import type { BusinessDate, Fen, SettlementFigures } from '../../electron/contract/index.ts'
import { AppError, fen } from '../../electron/contract/index.ts'
import type { CredentialReader } from '../../electron/core/platform/credential-reader.ts'
import type {
  Booked,
  InsuredBasket,
  KnownSaleOfPack,
  LineReport,
  Outcome,
  PlatformClient,
  PlatformPerson,
  PreparedMessage,
  ResolvedCredential,
  UploadRow,
} from '../../electron/core/platform/client.ts'
import type { ClaimQuestion, FoundViolation } from '../../electron/core/platform/transactions/claim-question.ts'
import type { HeldMapping } from '../../electron/core/platform/transactions/t1317.ts'

export type CallName = '1101' | '2001' | '5301' | '5206' | '2101' | '3201' | '3513' | '3592B' | '2102' | '2103' | '2601' | '3505' | '3506' | '3103' | '3301' | '3302' | '1317'
type NotAnswered = Exclude<Outcome<never>, { kind: 'answered' }>
/** What the next call of a kind gets: the usual answer, another ending, or whatever a function makes of the usual answer. `booked: true` on a lost one: the fake's books have it. */
export type Scripted = 'answer' | NotAnswered | ((usual: () => Outcome<unknown>) => Outcome<unknown> | Promise<Outcome<unknown>>)

const raw = new Uint8Array([123, 125])
export const refused = (text = '余额不足', code: 'platform.refused' | 'upload.row-refused' = 'platform.refused'): NotAnswered => ({
  kind: 'refused',
  code,
  detail: { infno: 'x', message: text },
  raw,
})
export const lost = (): NotAnswered => ({ kind: 'unknown', code: 'platform.timeout', detail: { reason: 'timeout' }, raw: null })
export const garbled = (): NotAnswered => ({ kind: 'unknown', code: 'platform.unexpected-answer', detail: { reason: 'no-json' }, raw })
/** A group of calls that a test has not scripted: asking is a mistake of the test. */
const notPlayed = <T extends object>(group: string): T => new Proxy({} as T, { get: (_target, name) => { throw new Error(`the fake platform does not play ${group}.${String(name)}`) } })

export const offline = (): NotAnswered => ({ kind: 'not-sent', code: 'platform.offline', detail: { reason: 'ECONNREFUSED' } })

/** Two made-up people of region 999999; the second has no active insurance. */
export const PEOPLE: readonly (PlatformPerson & { readonly eVoucher: string })[] = [
  {
    personNumber: '99990000000000000001',
    name: '张三',
    idType: '01',
    idNumber: '999999198001010118',
    gender: 'male',
    ageTenths: 469,
    eVoucher: '4242026000000000000148430000',
    insurances: [{ insuranceType: '310', personType: '11', active: true, balanceFen: fen(150_000), civilServant: false, region: '999900' }],
  },
  {
    personNumber: '99990000000000000006',
    name: '周八',
    idType: '01',
    idNumber: '999999198812120177',
    gender: 'male',
    ageTenths: 379,
    eVoucher: '4242026000000000000633430000',
    insurances: [{ insuranceType: '310', personType: '11', active: false, balanceFen: fen(4_200), civilServant: false, region: '999900' }],
  },
]

export const figuresFor = (
  basket: InsuredBasket,
  share: { readonly fund: number; readonly account: number } = { fund: 0.5, account: 0.25 },
): SettlementFigures => {
  const fundFen = fen(Math.floor(basket.totalFen * share.fund))
  const accountFen = fen(Math.floor(basket.totalFen * share.account))
  const zero = fen(0)
  return {
    totalFen: basket.totalFen,
    fundFen,
    pooledFundFen: fundFen,
    personalFen: fen(basket.totalFen - fundFen),
    accountFen,
    familyAccountFen: zero,
    cashFen: fen(basket.totalFen - fundFen - accountFen),
    hospitalFen: zero,
    fullSelfPayFen: zero,
    overLimitFen: zero,
    preSelfPayFen: zero,
    inScopeFen: basket.totalFen,
    deductibleFen: zero,
    poolingShare: 5000,
    balanceAfterFen: zero,
    clearingType: '41',
    funds: [],
    lines: basket.lines.map((line) => ({
      lineId: line.lineId as SettlementFigures['lines'][number]['lineId'],
      amountFen: line.amountFen,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      priceLimit: null,
      level: 'A',
      selfPayShare: 0,
      fullSelfPayFen: zero,
      overLimitFen: zero,
      preSelfPayFen: zero,
      inScopeFen: line.amountFen,
      message: '',
    })),
  }
}
const negated = (figures: SettlementFigures): SettlementFigures => {
  const minus = (amount: Fen): Fen => fen(0 - amount)
  return {
    ...figures,
    totalFen: minus(figures.totalFen),
    fundFen: minus(figures.fundFen),
    personalFen: minus(figures.personalFen),
    accountFen: minus(figures.accountFen),
    cashFen: minus(figures.cashFen),
    lines: [],
    funds: [],
  }
}

export interface FakePlatform {
  readonly client: PlatformClient
  readonly credentials: CredentialReader
  /** Every call that was made, in order. */
  readonly calls: { readonly name: CallName; readonly messageId: string | null; readonly about: unknown }[]
  readonly count: (name: CallName) => number
  /** The next calls of this kind get these, then the usual answer again. */
  readonly will: (name: CallName, ...scripted: readonly Scripted[]) => void
  /** The next call of this kind waits until the returned function is called. */
  readonly keepWaiting: (name: CallName) => () => void
  readonly down: (isDown: boolean) => void
  share: { fund: number; account: number }
  /** 3201 answers balanced only for these groups when set. */
  filings: { readonly diseaseCode: string; readonly diseaseName: string; readonly from: BusinessDate; readonly to: BusinessDate | null }[]
  entitled: boolean
  people: (PlatformPerson & { readonly eVoucher: string })[]
  balanced: boolean
  /** What 3513 tells about a code; nothing about any other. */
  readonly soldBy: Map<string, readonly KnownSaleOfPack[]>
  /** Every question of the claim check (3101, 3102), in order. */
  readonly claims: ClaimQuestion[]
  /** What the next ones get; then nothing is found. */
  readonly claimAnswers: ((question: ClaimQuestion) => Outcome<readonly FoundViolation[]> | Promise<Outcome<readonly FoundViolation[]>>)[]
  /** What 1317 tells, on one page. */
  held: readonly HeldMapping[]
}

/** A platform in one object: answers at once and well unless the script says otherwise. `clock` makes its times. */
export const fakePlatform = (clock: () => number): FakePlatform => {
  const calls: FakePlatform['calls'] = []
  const script = new Map<CallName, Scripted[]>()
  let isDown = false
  let sequence = 0
  let line: LineReport = { state: 'online', since: clock() as LineReport['since'], latencyMs: 5, clockSkewMs: 0 }
  const listeners: ((report: LineReport) => void)[] = []
  const settlements = new Map<string, Booked>()
  const asked = new Map<string, unknown>()
  const localTime = (): string => new Date(clock() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

  const ask = async <T>(name: CallName, messageId: string | null, about: unknown, usual: () => T): Promise<Outcome<T>> => {
    calls.push({ name, messageId, about })
    await Promise.resolve()
    if (isDown) return offline()
    const answer = (): Outcome<T> => ({ kind: 'answered', value: usual(), raw })
    const next = script.get(name)?.shift() ?? 'answer'
    if (next === 'answer') return answer()
    return typeof next === 'function' ? (next(answer) as Promise<Outcome<T>>) : next
  }
  const prepare = async (
    infno: string,
    about: unknown,
  ): Promise<{ kind: 'prepared'; message: PreparedMessage } | Extract<Outcome<never>, { kind: 'not-sent' }>> => {
    await Promise.resolve()
    if (isDown) return offline() as Extract<Outcome<never>, { kind: 'not-sent' }>
    const messageId = `P99999900001${localTime().replace(/\D/g, '')}${String((sequence += 1)).padStart(4, '0')}`
    asked.set(messageId, about)
    return { kind: 'prepared', message: { messageId, infno, body: new TextEncoder().encode(JSON.stringify({ infno, messageId })) } }
  }
  const book = (basket: InsuredBasket, setlId: string | null): Booked => ({
    figures: figuresFor(basket, fake.share),
    setlId,
    visitId: 'V1',
    settledAt: localTime(),
    clearingOffice: '999900',
    clearingType: '41',
  })

  const client: PlatformClient = {
    reconcile: notPlayed('reconcile'),
    files: notPlayed('files'),
    audit: {
      // Not among the calls: every insured sale is checked, and most tests are about something else.
      check: async (_operator, question) => {
        fake.claims.push(question)
        await Promise.resolve()
        if (isDown) return offline()
        return fake.claimAnswers.shift()?.(question) ?? { kind: 'answered', value: [], raw }
      },
      prepareFeedback: (_operator, answer) => prepare('3103', answer),
      sendFeedback: (message) => ask('3103', message.messageId, asked.get(message.messageId), () => ({ alreadyTold: false })),
    },
    mapping: {
      prepareUpload: (_operator, mapping) => prepare('3301', mapping),
      prepareWithdrawal: (_operator, mapping) => prepare('3302', mapping),
      send: (message) => ask(message.infno as '3301' | '3302', message.messageId, asked.get(message.messageId), () => ({ already: false })),
      heldPage: (_operator, page) => ask('1317', null, page, () => ({ rows: fake.held.length, held: fake.held })),
    },
    batch: notPlayed('batch'),
    readPerson: (_operator, credential) =>
      ask('1101', null, credential, () => {
        const person = fake.people.find((candidate) => candidate.idNumber === credential.idNumber)
        if (person === undefined) throw new Error('unknown person: script a refusal')
        const { eVoucher: _unused, ...known } = person
        return known
      }),
    readEntitlement: (...about) =>
      ask('2001', null, about, () => [
        { entitled: fake.entitled, reason: fake.entitled ? '' : '未在享受期内', fundType: '310100', from: '2020-01-01' as BusinessDate, to: null },
      ]),
    readFilings: (...about) => ask('5301', null, about, () => fake.filings),
    readAccumulators: (...about) => ask('5206', null, about, () => [{ insuranceType: '310', year: '2026', typeCode: 'Z001', amountFen: fen(12_300) }]),
    trial: (_operator, basket) => ask('2101', null, basket, () => book(basket, null)),
    totals: (_operator, totals) => ask('3201', null, totals, () => ({ balanced: fake.balanced, explanation: fake.balanced ? '平' : '不平' })),
    virtualCode: (_operator, drug) => ask('3592B', null, drug, () => `XN999900261121${String((sequence += 1)).padStart(6, '0')}`),
    soldElsewhere: (_operator, pack) => ask('3513', null, pack, () => fake.soldBy.get(pack.code) ?? []),
    refusedAsSoldElsewhere: (outcome) => {
      const text = outcome.kind === 'refused' ? String(outcome.detail['message'] ?? outcome.detail['text'] ?? '') : ''
      return text.includes('已在其他机构销售') ? { code: /…?([0-9A-Za-z]{4,})/.exec(text)?.[1] ?? null } : null
    },
    prepareSettle: (_operator, basket) => prepare('2102', basket),
    prepareCancel: (_operator, settlement) => prepare('2103', settlement),
    prepareReverse: (_operator, original) => prepare('2601', original),
    prepareUpload: (_operator, row, direction) => prepare(direction === 'sale' ? '3505' : '3506', row),
    sendSettle: (message, basket) =>
      ask('2102', message.messageId, basket, () => {
        const setlId = `SETL${message.messageId.slice(-8)}`
        const booked = book(basket, setlId)
        settlements.set(setlId, booked)
        return booked
      }),
    sendCancel: (message) =>
      ask('2103', message.messageId, asked.get(message.messageId), () => {
        const { setlId } = asked.get(message.messageId) as { setlId: string }
        const settled = settlements.get(setlId)
        settlements.delete(setlId)
        return settled === undefined
          ? { alreadyCancelled: true, figures: null, cancelledAt: null }
          : { alreadyCancelled: false, figures: negated(settled.figures), cancelledAt: localTime() }
      }),
    sendReverse: (message) => ask('2601', message.messageId, asked.get(message.messageId), () => ({ note: '' })),
    sendUpload: (message) => ask(message.infno as '3505' | '3506', message.messageId, asked.get(message.messageId), () => ({ alreadyUploaded: false })),
    probe: async () => line,
    line: () => line,
    onLine: (listener) => {
      listeners.push(listener)
    },
    close: async () => {},
  }
  const credentials: CredentialReader = {
    resolve: async (_operator, credential): Promise<ResolvedCredential> => {
      const person = fake.people.find((candidate) =>
        credential.kind === 'e-voucher' ? candidate.eVoucher === credential.qr : candidate.idNumber === ('idNumber' in credential ? credential.idNumber : ''),
      )
      if (person === undefined) throw new AppError('credential.unreadable', 'not known', { reason: 'not-known' })
      return {
        kind: credential.kind,
        number: credential.kind === 'e-voucher' ? 'TOKEN-1' : person.idNumber,
        cardSerial: null,
        idType: '01',
        idNumber: person.idNumber,
        name: person.name,
      }
    },
  }
  const fake: FakePlatform = {
    client,
    credentials,
    calls,
    count: (name) => calls.filter((call) => call.name === name).length,
    will: (name, ...scripted) => {
      script.set(name, [...(script.get(name) ?? []), ...scripted])
    },
    keepWaiting: (name) => {
      let release = (): void => {}
      const gate = new Promise<void>((resolve) => {
        release = resolve
      })
      script.set(name, [...(script.get(name) ?? []), (usual) => gate.then(usual)])
      return release
    },
    down: (value) => {
      isDown = value
      line = { ...line, state: value ? 'offline' : 'online', since: clock() as LineReport['since'] }
      for (const listener of listeners) listener(line)
    },
    share: { fund: 0.5, account: 0.25 },
    filings: [],
    entitled: true,
    people: [...PEOPLE],
    balanced: true,
    soldBy: new Map(),
    claims: [],
    claimAnswers: [],
    held: [],
  }
  return fake
}

export const uploadOf = (call: { readonly about: unknown }): UploadRow => call.about as UploadRow
