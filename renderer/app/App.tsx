import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { SignIn } from '../features/sign-in/SignIn.tsx'
import { speakScreen } from '../till/till.ts'
import { begin } from '../till/session.ts'
import { catchUp, onTillEvent } from '../till/watching.ts'
import { useStore } from '../ui/store.ts'
import { ToolsContext, useTill, useTillState } from '../ui/tools.ts'
import type { Tools } from '../ui/tools.ts'
import { ConnectionGate } from './ConnectionGate.tsx'
import { Mishap } from './Mishap.tsx'
import { Shell } from './Shell.tsx'

/** The key under which antd's ready-made style sheet declares its variables; nothing is computed or written at run time. */
const THEME = { zeroRuntime: true, cssVar: { key: 'css-var-_R_0_' } } as const

export const App = ({ tools, queries }: { readonly tools: Tools; readonly queries: QueryClient }): ReactNode => {
  const { language, theme } = useStore(tools.settings, (state) => state)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.lang = language
  }, [theme, language])
  return (
    <ToolsContext value={tools}>
      <QueryClientProvider client={queries}>
        <ConfigProvider locale={language === 'en' ? enUS : zhCN} theme={THEME} wave={{ disabled: true }}>
          <Mishap>
            <ConnectionGate>
              <Inside />
            </ConnectionGate>
          </Mishap>
        </ConfigProvider>
      </QueryClientProvider>
    </ToolsContext>
  )
}

/** Signed in or not; core knows who sits behind this connection. */
const Inside = (): ReactNode => {
  const till = useTill()
  const staff = useTillState((state) => state.staff)
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    till.core
      .query('session.getCurrent', {})
      .then(({ staff: known }) => (known === null ? undefined : begin(till, known)))
      .catch(() => speakScreen(till, 'notice', 'not-begun'))
      .finally(() => setAsked(true))
    // The strip of the sign-in screen: which shop this is.
    till.core.query('system.getStatus', {}).then(
      (status) => till.store.set({ status, clockAhead: status.now - till.now() }),
      () => {},
    )
  }, [till])
  if (!asked) return null
  return staff === null ? <SignIn /> : <Watched />
}

const Watched = (): ReactNode => {
  const till = useTill()
  const queries = useQueryClient()
  const staff = useTillState((state) => state.staff?.staffId)
  useEffect(
    () =>
      till.core.subscribe(
        'till.watchTill',
        {},
        (event) => {
          onTillEvent(till, event)
          void queries.invalidateQueries({ queryKey: ['live'] })
        },
        () => {
          // Core ended it: signed out from elsewhere, or the session is over.
          if (!till.store.get().locked && till.core.state() === 'ready') till.store.set({ staff: null, locked: true })
        },
      ),
    [till, queries, staff],
  )
  useEffect(
    () =>
      till.core.onState((state) => {
        if (state !== 'ready') return
        void catchUp(till)
        void queries.invalidateQueries({ queryKey: ['live'] })
      }),
    [till, queries],
  )
  return <Shell />
}
