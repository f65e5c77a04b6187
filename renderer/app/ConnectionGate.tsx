import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSentence } from '../i18n/sentences.ts'
import { useStore } from '../ui/store.ts'
import { useTill, useTools } from '../ui/tools.ts'

/** While core cannot be reached the screen rests, calmly: what was entered is in core, and it comes back by itself. */
export const ConnectionGate = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const { t } = useTranslation()
  const { core } = useTill()
  const refused = useStore(useTools().access, (state) => state.refused)
  const sentence = useSentence()
  const state = useSyncExternalStore(core.onState, core.state)
  const because = state === 'lost' ? core.lostBecause() : null
  const said = because === null ? null : sentence('error', because.code, because.detail)
  return (
    <>
      {children}
      {state === 'ready' ? null : (
        <div className="veil" role="alert" data-testid="connection" data-state={state}>
          <div className="veil-box">
            <p className="veil-word">
              {refused ? t('connection.refused') : state === 'connecting' ? t('connection.connecting') : (said?.word ?? t('connection.lost'))}
            </p>
            <p>
              {refused
                ? t('connection.refused-text')
                : state === 'connecting'
                  ? t('connection.connecting-text')
                  : said === null
                    ? t('connection.lost-text')
                    : `${said.text} · ${said.action}`}
            </p>
          </div>
        </div>
      )}
    </>
  )
}
