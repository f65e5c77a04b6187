import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSentence } from '../i18n/sentences.ts'
import { useStore } from '../ui/store.ts'
import { useKeys, useScan, useTill, useTools } from '../ui/tools.ts'

/** While core cannot be reached the screen rests, calmly: what was entered is in core, and it comes back by itself. */
export const ConnectionGate = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const { core } = useTill()
  const state = useSyncExternalStore(core.onState, core.state)
  const wasReady = useRef(false)
  useEffect(() => {
    if (state === 'ready') wasReady.current = true
  }, [state])
  return (
    <>
      {children}
      {state === 'ready' ? null : <Veil state={state} again={wasReady.current} />}
    </>
  )
}

/** Nothing is typed or scanned into a till that cannot keep it. */
const Veil = ({ state, again }: { readonly state: 'connecting' | 'lost'; readonly again: boolean }): ReactNode => {
  const till = useTill()
  useKeys({ level: 95, modal: true, keys: {} })
  useScan(() => till.play('stop'))
  const { word, text } = useVeilText(state, again)
  return (
    <div className="veil is-late" role="alert" data-testid="connection" data-state={state}>
      <div className="veil-box">
        <p className="veil-word">{word}</p>
        <p>{text}</p>
      </div>
    </div>
  )
}

const useVeilText = (state: 'connecting' | 'lost', again: boolean): { readonly word: string; readonly text: string } => {
  const { t } = useTranslation()
  const { core } = useTill()
  const sentence = useSentence()
  const refused = useStore(useTools().access, (access) => access.refused)
  if (refused) return { word: t('connection.refused'), text: t('connection.refused-text') }
  if (state === 'connecting') return { word: t('connection.connecting'), text: again ? t('connection.again-text') : t('connection.first-text') }
  const because = core.lostBecause()
  if (because === null) return { word: t('connection.lost'), text: t('connection.lost-text') }
  const said = sentence('error', because.code, because.detail)
  return { word: said.word, text: `${said.text} · ${said.action}` }
}
