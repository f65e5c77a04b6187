import { z } from 'zod'
import '../../../renderer/theme/index.css'
import { startApp } from '../../../renderer/app/start.tsx'
import { createStore } from '../../../renderer/ui/store.ts'
import { createFakeCore } from './fake-core.ts'

z.config({ jitless: true })

const { core, shop } = createFakeCore()
const root = document.getElementById('root')
if (root !== null)
  void startApp(root, core, createStore<{ readonly refused: boolean }>({ refused: false })).then((till) => Object.assign(window, { till, shop }))
