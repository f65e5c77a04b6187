import { MessageChannel } from 'node:worker_threads'
import type { Core } from '../../electron/core/core.ts'
import { startCore } from '../../electron/core/core.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { nodePortChannel } from '../../electron/core/rpc/port-channel.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'

export interface BenchShop { readonly core: Core; readonly client: CoreClient; readonly close: () => Promise<void> }

/** The practice shop in a file database, encrypted, FULL, with no province in reach: only our own books are measured. The window is at the other end of a real port. */
export const openBenchShop = async (dataFolder: string): Promise<BenchShop> => {
  const core = await startCore({
    dataFolder, key: new Uint8Array(32).fill(7), profile: loadProfile(shippedProfileFile('practice')), devices: null, printer: { kind: 'file', folder: dataFolder }, demoShop: true, outboxEveryMs: null,
  })
  const { port1, port2 } = new MessageChannel()
  core.serve(nodePortChannel(port1))
  const client = createCoreClient({ connect: () => nodePortChannel(port2), reconnect: false })
  await client.command('session.signIn', { staffId: '1001', pin: '1001' })
  await client.command('shift.openShift', { floatFen: 0 })
  return { core, client, close: async () => { client.close(); await core.close() } }
}
