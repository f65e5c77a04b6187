import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Channel, Drug, Status } from '../../electron/contract/index.ts'
import type { WritableDb } from '../../electron/core/db/database.ts'
import { auditHandlers } from '../../electron/core/audit/audit-handlers.ts'
import { verifyChain } from '../../electron/core/audit/audit-log.ts'
import { newConnection } from '../../electron/core/rpc/connection.ts'
import type { Connection } from '../../electron/core/rpc/connection.ts'
import { createDispatcher } from '../../electron/core/rpc/dispatcher.ts'
import type { Dispatcher } from '../../electron/core/rpc/dispatcher.ts'
import { atomic, callerOf } from '../../electron/core/rpc/handlers.ts'
import type { Handlers } from '../../electron/core/rpc/handlers.ts'
import { memoryChannelPair } from '../../electron/core/rpc/memory-channel.ts'
import { electronPortChannel, nodePortChannel } from '../../electron/core/rpc/port-channel.ts'
import type { ElectronPort } from '../../electron/core/rpc/port-channel.ts'
import { sessionHandlers } from '../../electron/core/session/session-handlers.ts'
import { webSocketChannel } from '../../electron/host/websocket-channel.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'
import { portChannel } from '../../renderer/core-client/port-channel.ts'
import { openWebSocket } from '../../renderer/core-client/websocket-channel.ts'
import { emptyDatabase, NINE_OCLOCK } from '../support/database.ts'
import { collectingLog } from '../support/silent-log.ts'
import { addStaff } from '../support/staff.ts'

/** A way to have a channel into the dispatcher; `cut` breaks the line under both. */
interface Wire { readonly connect: () => Channel | Promise<Channel>; readonly cut: () => void; readonly end: () => Promise<void> }
type Transport = (serve: (channel: Channel) => void) => Promise<Wire>

const memory: Transport = async serve => {
  const open: Channel[] = []
  return {
    connect: () => {
      const [ours, theirs] = memoryChannelPair()
      open.push(theirs)
      serve(theirs)
      return ours
    },
    cut: () => open.splice(0).forEach(channel => channel.close()),
    end: async () => {},
  }
}

/** What Electron's MessagePortMain looks like from outside, over a real port. */
const asElectronPort = (port: InstanceType<typeof MessageChannel>['port1']): ElectronPort => ({
  postMessage: message => port.postMessage(message),
  on: (event: string, listener: (event: { data: unknown }) => void) => port.on(event as 'message', (data: unknown) => listener({ data })),
  start: () => port.start(),
  close: () => port.close(),
})

const ports = (adapt: (port: InstanceType<typeof MessageChannel>['port1']) => Channel): Transport => async serve => {
  const open: Channel[] = []
  return {
    connect: () => {
      const { port1, port2 } = new MessageChannel()
      const theirs = adapt(port2)
      open.push(theirs)
      serve(theirs)
      return portChannel(port1 as unknown as MessagePort)
    },
    cut: () => open.splice(0).forEach(channel => channel.close()),
    end: async () => {},
  }
}

const webSocket: Transport = async serve => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 4_000_000 })
  await once(server, 'listening')
  server.on('connection', socket => serve(webSocketChannel(socket)))
  const { port } = server.address() as AddressInfo
  return {
    connect: () => openWebSocket(`ws://127.0.0.1:${port}/`),
    cut: () => server.clients.forEach(client => client.terminate()),
    end: () => new Promise(resolve => {
      server.close(() => resolve())
      server.clients.forEach(client => client.terminate())
    }),
  }
}

const drugOf = (genericName: string): Drug => ({
  drugId: 'D1', genericName, tradeName: '', spec: '0.25g', packSpec: '24', maker: 'm', approvalNumber: 'a', barcode: null, nationalCode: 'X', insuranceClass: 'A', restriction: '', prescriptionOnly: false,
  kind: 'western', packUnit: '盒', smallestUnit: '粒', unitsPerPack: 24, packPrice: 12_300_000, codeRequirement: 'scan', shelf: '', packsOnHand: 3,
}) as Drug

describe.each([
  ['in memory', memory],
  ['over a MessagePort', ports(nodePortChannel)],
  ['over an Electron port', ports(port => electronPortChannel(asElectronPort(port)))],
  ['over a WebSocket', webSocket],
] as const)('the contract %s', (_name, transport) => {
  let endings: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of endings.toReversed()) await end()
    endings = []
  })

  /** `window`: every channel is the same window again. */
  const start = async (own: Partial<Handlers> = {}, window?: Connection): Promise<{ db: WritableDb; wire: Wire; lines: string[]; dispatcher: Dispatcher; client: (reconnect?: boolean) => CoreClient; signedIn: (id?: string, reconnect?: boolean) => Promise<CoreClient> }> => {
    const db = emptyDatabase()
    for (const [staffId, role] of [['C1', 'cashier'], ['P1', 'pharmacist'], ['M1', 'manager']] as const) addStaff(db, staffId, role)
    const { log, lines } = collectingLog()
    const dispatcher = createDispatcher({ db, log, clock: () => NINE_OCLOCK, appVersion: '1.2.3', handlers: { ...sessionHandlers({ db }), ...auditHandlers({ db }), ...own } })
    const wire = await transport(channel => dispatcher.serve(channel, window))
    endings.push(wire.end)
    const client = (reconnect = false): CoreClient => {
      const made = createCoreClient({ connect: wire.connect, reconnect, backOff: () => 10, giveUpAfterMs: 3_000 })
      endings.push(made.close)
      return made
    }
    const signedIn = async (staffId = 'C1', reconnect = false): Promise<CoreClient> => {
      const made = client(reconnect)
      await made.command('session.signIn', { staffId, pin: '1234' })
      return made
    }
    return { db, wire, lines, dispatcher, client, signedIn }
  }

  test('answers a query and says which build it is', async () => {
    const { client } = await start()
    const till = client()
    expect(till.state()).toBe('connecting')
    expect(await till.query('session.listStaff', {})).toEqual([{ staffId: 'C1', name: 'C1', role: 'cashier' }, { staffId: 'M1', name: 'M1', role: 'manager' }, { staffId: 'P1', name: 'P1', role: 'pharmacist' }])
    expect(till.state()).toBe('ready')
    expect(till.appVersion()).toBe('1.2.3')
  })

  test('keeps Chinese text and long answers whole', async () => {
    const name = '注射用头孢曲松钠𠮷'.repeat(8_000)
    const { signedIn } = await start({ 'drug.searchDrugs': (_call, input) => ({ groups: [{ genericName: name, drugs: [drugOf(name)] }], nearest: [], searched: input.text }) })
    const till = await signedIn()
    const answer = await till.query('drug.searchDrugs', { text: '头孢' })
    expect(answer.groups[0]?.drugs[0]?.genericName).toBe(name)
    expect(answer.searched).toBe('头孢')
  })

  test('fills in what the contract gives by default', async () => {
    let seen: unknown
    const { signedIn } = await start({
      'drug.searchDrugs': (_call, input) => {
        seen = input
        return { groups: [], nearest: [], searched: '' }
      },
    })
    await (await signedIn()).query('drug.searchDrugs', { text: 'a' })
    expect(seen).toEqual({ text: 'a', limit: 20 })
  })

  test('answers an unknown procedure, a missing handler and a kind that does not fit', async () => {
    const { signedIn } = await start()
    const till = await signedIn()
    const unknown = expect.objectContaining({ code: 'rpc.unknown-procedure' })
    for (const name of ['sale.startSale', 'till.watchTill']) await expect(till.command(name as 'sale.startSale', {})).rejects.toEqual(unknown)
  })

  test('answers a bad input with the place where it is bad', async () => {
    const { signedIn } = await start({ 'drug.searchDrugs': () => ({ groups: [], nearest: [], searched: '' }) })
    const till = await signedIn()
    await expect(till.query('drug.searchDrugs', { text: 5 as never })).rejects.toMatchObject({ code: 'rpc.invalid-input', detail: { path: 'text', problem: 'invalid_type' } })
    await expect(till.query('drug.searchDrugs', { text: 'a', more: 1 } as never)).rejects.toMatchObject({ code: 'rpc.invalid-input', detail: { problem: 'unrecognized_keys' } })
    await expect(till.query('drug.searchDrugs', { text: 'x'.repeat(1_200_000) })).rejects.toMatchObject({ code: 'rpc.too-large' })
  })

  test('lets nobody in without sign-in and nobody above their role', async () => {
    const { client, signedIn } = await start({ 'drug.searchDrugs': () => ({ groups: [], nearest: [], searched: '' }) })
    const required = expect.objectContaining({ code: 'session.required' })
    const stranger = client()
    await expect(stranger.query('drug.searchDrugs', { text: 'a' })).rejects.toEqual(required)
    const cashier = await signedIn('C1')
    await expect(cashier.query('audit.listRows', {})).rejects.toMatchObject({ code: 'session.forbidden', detail: { needs: 'manager' } })
    await expect((await signedIn('P1')).query('audit.listRows', {})).rejects.toMatchObject({ code: 'session.forbidden' })
    expect((await (await signedIn('M1')).query('audit.listRows', {})).intact).toBe(true)
    await cashier.command('session.signOut', {})
    await expect(cashier.query('drug.searchDrugs', { text: 'a' })).rejects.toEqual(required)
    expect(await cashier.query('session.getCurrent', {})).toEqual({ staff: null })
  })

  test('does a command once and answers its repeat from the first', async () => {
    let floats = 0
    const { db, signedIn } = await start({
      'shift.openShift': call => {
        db.prepare("insert into shift (shift_id, staff_id, opened_at, float_fen) values (?, ?, 1, 0)").run(String(++floats), callerOf(call).staffId)
        return shiftOf(floats)
      },
    })
    const till = await signedIn()
    const commandId = crypto.randomUUID()
    const first = await till.command('shift.openShift', { floatFen: 100 as never }, { commandId })
    const again = await till.command('shift.openShift', { floatFen: 100 as never }, { commandId })
    expect(again).toEqual(first)
    expect(floats).toBe(1)
    await expect(till.command('shift.openShift', { floatFen: 200 as never }, { commandId })).rejects.toMatchObject({ code: 'rpc.invalid-input', detail: { path: 'commandId', problem: 'reused' } })
    expect(db.prepare("select count(*) from audit_log where action = 'shift.openShift'").pluck().get()).toBe(1)
  })

  test('a repeat joins the first while it runs', async () => {
    let runs = 0
    let go = (): void => {}
    const { signedIn } = await start({
      'shift.openShift': async () => {
        runs++
        await new Promise<void>(resolve => { go = resolve })
        return shiftOf(1)
      },
    })
    const [one, two] = [await signedIn(), await signedIn('P1')]
    const commandId = crypto.randomUUID()
    const first = one.command('shift.openShift', { floatFen: 1 as never }, { commandId })
    await until(() => runs === 1)
    const second = two.command('shift.openShift', { floatFen: 1 as never }, { commandId })
    await two.query('session.getCurrent', {})
    go()
    expect(await first).toEqual(await second)
    expect(runs).toBe(1)
  })

  test('a command that failed is tried again by its repeat', async () => {
    let runs = 0
    const { signedIn } = await start({
      'shift.openShift': () => {
        if (++runs === 1) throw new Error('power')
        return shiftOf(1)
      },
    })
    const till = await signedIn()
    const commandId = crypto.randomUUID()
    await expect(till.command('shift.openShift', { floatFen: 1 as never }, { commandId })).rejects.toMatchObject({ code: 'rpc.internal' })
    await till.command('shift.openShift', { floatFen: 1 as never }, { commandId })
    expect(runs).toBe(2)
  })

  test('an atomic command that fails leaves neither effect nor answer', async () => {
    let fail = true
    const { db, signedIn } = await start({
      'shift.openShift': atomic<'shift.openShift'>(() => {
        db.prepare("insert into shift (shift_id, staff_id, opened_at, float_fen) values ('s', 'C1', 1, 0)").run()
        if (fail) throw new Error('power')
        return shiftOf(1)
      }),
    })
    const till = await signedIn()
    const count = (table: string) => db.prepare(`select count(*) from ${table}`).pluck().get()
    await expect(till.command('shift.openShift', { floatFen: 1 as never })).rejects.toMatchObject({ code: 'rpc.internal' })
    expect([count('shift'), count('command_answer')]).toEqual([0, 0])
    fail = false
    await till.command('shift.openShift', { floatFen: 1 as never })
    expect([count('shift'), count('command_answer')]).toEqual([1, 1])
  })

  test('an unexpected failure is an answer, and a line in the log without personal data', async () => {
    const { lines, signedIn } = await start({
      'drug.searchDrugs': () => { throw new Error('no row for 999999199001011234 at /tmp') },
      'drug.getDrug': async () => { throw new Error('later') },
    })
    const till = await signedIn()
    await expect(till.query('drug.searchDrugs', { text: 'a' })).rejects.toMatchObject({ code: 'rpc.internal', message: 'drug.searchDrugs failed unexpectedly' })
    await expect(till.query('drug.getDrug', { drugId: 'D1' as never })).rejects.toMatchObject({ code: 'rpc.internal' })
    expect(lines.join('')).toContain('a handler failed unexpectedly')
    expect(lines.join('')).not.toContain('999999199001011234')
  })

  test('an answer that does not fit the contract is refused by the client and logged by core', async () => {
    const { lines, signedIn } = await start({ 'drug.searchDrugs': () => ({ groups: [], nearest: [], searched: '', idNumber: 'x' }) as never })
    await expect((await signedIn()).query('drug.searchDrugs', { text: 'a' })).rejects.toMatchObject({ code: 'rpc.internal' })
    await until(() => lines.some(line => line.includes('does not fit the contract')))
    expect(lines.join('')).toContain('drug.searchDrugs')
  })

  test('an answer too large for the line is an answer', async () => {
    const { signedIn } = await start({ 'drug.searchDrugs': () => ({ groups: [], nearest: ['x'.repeat(1_100_000)], searched: '' }) })
    await expect((await signedIn()).query('drug.searchDrugs', { text: 'a' })).rejects.toMatchObject({ code: 'rpc.too-large' })
  })

  test('a stream pushes until it is left', async () => {
    let push: (data: never) => void = () => {}
    let stopped = 0
    const { signedIn } = await start({
      'till.watchTill': (_call, _input, send) => {
        push = send as never
        return () => { stopped++ }
      },
    })
    const till = await signedIn()
    const seen: unknown[] = []
    const leave = till.subscribe('till.watchTill', {}, event => seen.push(event))
    await till.query('session.getCurrent', {})
    push({ type: 'status', status: statusOf(1) } as never)
    push({ type: 'nonsense' } as never)
    push({ type: 'status', status: statusOf(2) } as never)
    await until(() => seen.length === 2)
    expect(seen).toEqual([{ type: 'status', status: statusOf(1) }, { type: 'status', status: statusOf(2) }])
    leave()
    await until(() => stopped === 1)
    push({ type: 'status', status: statusOf(3) } as never)
    await till.query('session.getCurrent', {})
    expect(seen).toHaveLength(2)
  })

  test('a stream ends at sign-out and is refused without sign-in', async () => {
    let stopped = 0
    const { client, signedIn } = await start({ 'till.watchTill': () => () => { stopped++ } })
    const refused: unknown[] = []
    client().subscribe('till.watchTill', {}, () => {}, error => refused.push(error))
    await until(() => refused.length === 1)
    expect(refused[0]).toMatchObject({ code: 'session.required' })
    const till = await signedIn()
    const ended: unknown[] = []
    till.subscribe('till.watchTill', {}, () => {}, error => ended.push(error))
    await till.command('session.signOut', {})
    await until(() => ended.length === 1)
    expect(ended).toEqual([null])
    expect(stopped).toBe(1)
  })

  test('a line that breaks ends the streams in core', async () => {
    let stopped = 0
    const { wire, signedIn } = await start({ 'till.watchTill': () => () => { stopped++ } })
    const till = await signedIn()
    till.subscribe('till.watchTill', {}, () => {})
    await till.query('session.getCurrent', {})
    wire.cut()
    await until(() => stopped === 1 && till.state() === 'lost')
    await expect(till.query('session.getCurrent', {})).rejects.toMatchObject({ code: 'rpc.not-connected' })
  })

  test('a command whose answer was lost with the line is sent again, and done once', async () => {
    let runs = 0
    let go = (): void => {}
    const { db, wire, signedIn } = await start({
      'shift.openShift': async () => {
        runs++
        await new Promise<void>(resolve => { go = resolve })
        return shiftOf(1)
      },
    }, newConnection())
    const till = await signedIn('C1', true)
    const states: string[] = []
    till.onState(state => states.push(state))
    const answer = till.command('shift.openShift', { floatFen: 1 as never })
    await until(() => runs === 1)
    wire.cut()
    await until(() => states.length === 1)
    go()
    expect((await answer as { shiftId: string }).shiftId).toBe(SHIFT)
    expect(states).toEqual(['connecting', 'ready'])
    expect(runs).toBe(1)
    expect(db.prepare('select count(*) from command_answer').pluck().get()).toBe(1)
  })

  test('a stream begins again after the line was down', async () => {
    let watching = 0
    const { wire, signedIn } = await start({
      'till.watchTill': (_call, _input, push) => {
        push({ type: 'status', status: statusOf(++watching) } as never)
        return () => {}
      },
    }, newConnection())
    const till = await signedIn('C1', true)
    const seen: unknown[] = []
    till.subscribe('till.watchTill', {}, event => seen.push(event))
    await until(() => seen.length === 1)
    wire.cut()
    await until(() => seen.length === 2)
    expect(watching).toBe(2)
  })

  test('another build is told so, and nothing of it is answered', async () => {
    const { wire } = await start()
    const channel = await wire.connect()
    const messages: unknown[] = []
    channel.onMessage(text => messages.push(JSON.parse(text)))
    channel.send(JSON.stringify({ t: 'call', id: 1, name: 'session.listStaff', input: {} }))
    channel.send(JSON.stringify({ t: 'hello', contractHash: 'of another day' }))
    channel.send(JSON.stringify({ t: 'call', id: 2, name: 'session.listStaff', input: {} }))
    await until(() => messages.length === 3)
    expect(messages).toMatchObject([
      { t: 'error', id: 1, error: { code: 'rpc.not-connected' } },
      { t: 'error', id: null, error: { code: 'rpc.contract-mismatch' } },
      { t: 'error', id: 2, error: { code: 'rpc.not-connected' } },
    ])
    channel.close()
  })

  test('nothing that comes over the line is left without an answer', async () => {
    const { client, wire } = await start()
    const ready = client()
    await ready.query('session.listStaff', {})
    const channel = await wire.connect()
    const messages: { id: number | null; error: { code: string } }[] = []
    channel.onMessage(text => messages.push(JSON.parse(text)))
    const sent = ['', 'nonsense', '[]', 'null', '{"t":"call"}', '{"t":"call","id":7,"name":5,"input":{}}', '{"t":"call","id":8,"name":"__proto__","input":{}}', '{"t":"other","id":9}',
      `{"t":"call","id":10,"name":"session.listStaff","input":{"x":"${'x'.repeat(1_100_000)}"}}`]
    for (const text of sent) channel.send(text)
    await until(() => messages.length === sent.length)
    expect(messages.map(message => [message.id, message.error.code])).toEqual([
      [null, 'rpc.invalid-input'], [null, 'rpc.invalid-input'], [null, 'rpc.invalid-input'], [null, 'rpc.invalid-input'], [null, 'rpc.invalid-input'],
      [7, 'rpc.invalid-input'], [8, 'rpc.not-connected'], [9, 'rpc.invalid-input'], [10, 'rpc.too-large'],
    ])
    channel.close()
  })

  test('a person that was revealed is in the audit log, and their name in no stored answer', async () => {
    const { db, signedIn } = await start({ 'person.revealPerson': () => ({ name: '练习甲', idNumber: '999999199001011234' }) })
    const till = await signedIn()
    const personId = crypto.randomUUID()
    expect(await till.command('person.revealPerson', { personId })).toEqual({ name: '练习甲', idNumber: '999999199001011234' })
    expect(db.prepare('select count(*) from command_answer').pluck().get()).toBe(0)
    expect(db.prepare("select staff_id, outcome, detail from audit_log where action = 'person.revealPerson'").all()).toEqual([{ staff_id: 'C1', outcome: 'ok', detail: JSON.stringify({ personId }) }])
  })

  test('core stops after the running command has its answer', async () => {
    let go = (): void => {}
    const { dispatcher, signedIn } = await start({
      'shift.openShift': async () => {
        await new Promise<void>(resolve => { go = resolve })
        return shiftOf(1)
      },
    })
    const till = await signedIn()
    const running = till.command('shift.openShift', { floatFen: 1 as never })
    await till.query('session.getCurrent', {})
    const closed = dispatcher.close(5_000)
    await expect(till.query('session.getCurrent', {})).rejects.toMatchObject({ code: 'rpc.not-connected' })
    go()
    expect((await running as { shiftId: string }).shiftId).toBe(SHIFT)
    await closed
    await until(() => till.state() === 'lost')
  })

  test('who did what is in the audit log, without PINs', async () => {
    const { db, client } = await start()
    const till = client()
    await expect(till.command('session.signIn', { staffId: 'C1', pin: '9999' })).rejects.toMatchObject({ code: 'session.wrong-pin', detail: { attemptsLeft: 4 } })
    await till.command('session.signIn', { staffId: 'C1', pin: '1234' })
    await till.command('session.signOut', {})
    const rows = db.prepare('select staff_id, action, outcome, detail from audit_log order by seq').all()
    expect(rows).toEqual([
      { staff_id: null, action: 'session.signIn', outcome: 'session.wrong-pin', detail: '{"staffId":"C1"}' },
      { staff_id: 'C1', action: 'session.signIn', outcome: 'ok', detail: '{"staffId":"C1"}' },
      { staff_id: 'C1', action: 'session.signOut', outcome: 'ok', detail: '{}' },
    ])
    expect(verifyChain(db)).toEqual({ intact: true, rows: 3, brokenAt: null })
    expect(db.prepare('select count(*) from command_answer').pluck().get()).toBe(0)
  })
})

const SHIFT = '019aa5f0-0000-7000-8000-000000000001'
const shiftOf = (n: number) => ({
  shiftId: `${SHIFT.slice(0, -1)}${n}`, staffId: 'C1', staffName: 'C1', openedAt: 1, closedAt: null, floatFen: 1, saleCount: 0, refundCount: 0, totals: [], insuredFundFen: 0, insuredAccountFen: 0, counted: [],
}) as never

const statusOf = (n: number): Status => ({
  shopName: 's', tillNumber: '1', practice: true, appVersion: '1', businessDate: '2026-11-21', now: n, line: { state: 'online', since: 1, latencyMs: 1, clockSkewMs: 0 }, outbox: { waiting: 0, oldestAt: null, parked: 0, perHour: null, breaker: { state: 'closed', since: null, nextTryAt: null, code: null } }, openAlarms: 0, openDifferences: 0,
  unconfirmed: [], due: [], held: 0, shiftOpen: false, profileName: 'p', purchaseKinds: [], staleAfterMinutes: 1, slowAfterMs: 1,
}) as unknown as Status

const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !holds(); i++) await new Promise(resolve => setTimeout(resolve, 5))
  expect(holds()).toBe(true)
}
