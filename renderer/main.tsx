import './app/zod-without-eval.ts'
import './theme/index.css'
import { isAppError } from '../electron/contract/index.ts'
import { startApp } from './app/start.tsx'
import { connectToCore } from './core-client/connect-to-core.ts'
import { createCoreClient } from './core-client/core-client.ts'
import { createStore } from './ui/store.ts'

const access = createStore({ refused: false })
const core = createCoreClient({
  reconnect: true,
  connect: () =>
    connectToCore().catch((error: unknown) => {
      if (isAppError(error) && error.detail['reason'] === 'no-access') access.set({ refused: true })
      throw error
    }),
})
const root = document.getElementById('root')
if (root !== null) void startApp(root, core, access)
