import { MessageChannel } from 'node:worker_threads'
import type { Output } from '../../electron/contract/index.ts'
import { createDispatcher } from '../../electron/core/rpc/dispatcher.ts'
import { nodePortChannel } from '../../electron/core/rpc/port-channel.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'
import { print, timed } from './measure.ts'
import type { BenchShop } from './open-bench-shop.ts'

type Found = Output<'drug.searchDrugs'>

/** What the contract adds is parsing, checking and finding the handler; so the baseline is a port that carries the same JSON both ways and trusts it. */
const barePort = (answer: Found): { readonly ask: (input: unknown) => Promise<unknown>; readonly close: () => void } => {
  const { port1, port2 } = new MessageChannel()
  port1.on('message', (text: string) => {
    const { id } = JSON.parse(text) as { id: number }
    port1.postMessage(JSON.stringify({ t: 'result', id, output: answer }))
  })
  let id = 0
  return {
    ask: (input) => new Promise((resolve) => {
      port2.once('message', (text: string) => resolve((JSON.parse(text) as { output: unknown }).output))
      port2.postMessage(JSON.stringify({ t: 'call', id: ++id, name: 'drug.searchDrugs', input }))
    }),
    close: () => port1.close(),
  }
}

/** Answers of a real query, cut to about so many characters. */
const answerOf = (found: Found, characters: number): Found => {
  const [group] = found.groups
  if (group === undefined || group.drugs[0] === undefined) throw new Error('the practice shop has no drugs')
  const [drug] = group.drugs
  const each = JSON.stringify(drug).length
  return { searched: found.searched, nearest: [], groups: [{ genericName: group.genericName, drugs: Array.from({ length: Math.max(1, Math.round(characters / each)) }, () => drug) }] }
}

export const benchRoundTrip = async (shop: BenchShop): Promise<void> => {
  const found = await shop.client.query('drug.searchDrugs', { text: 'amxl', limit: 20 })
  const { db, clock, log } = shop.core.house
  for (const [name, characters, rounds] of [['contract round trip, 1 kB', 1_000, 3_000], ['contract round trip, 50 kB', 50_000, 500]] as const) {
    const answer = answerOf(found, characters)
    const dispatcher = createDispatcher({ handlers: { 'drug.searchDrugs': () => answer, 'session.signIn': async (call) => { call.connection.setCaller({ staffId: '1001', staffName: '', role: 'cashier' }); return { staff: { staffId: '1001', name: '', role: 'cashier' } } } }, db, clock, log, appVersion: '0' })
    const { port1, port2 } = new MessageChannel()
    dispatcher.serve(nodePortChannel(port1))
    const client = createCoreClient({ connect: () => nodePortChannel(port2), reconnect: false })
    await client.command('session.signIn', { staffId: '1001', pin: '1001' })
    const bare = barePort(answer)
    const ours: number[] = []
    const baseline: number[] = []
    const input = { text: 'amxl', limit: 20 }
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await timed(() => client.query('drug.searchDrugs', input)))
      baseline.push(await timed(() => bare.ask(input)))
    }
    print({ name, ours: ours.slice(100), baseline: baseline.slice(100), against: 'bare port, same JSON', aim: '≤ 1.25' })
    bare.close()
    client.close()
    await dispatcher.close(100)
  }
}
