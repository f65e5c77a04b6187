import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PracticeScenarios } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'

/** Ends every other; it is no fault but its absence. */
const ALL_IS_WELL = 'all-well'

/** What the practice province can do to a trainee. One plays at a time, while the till goes on. Only in practice. */
export const LessonsPage = (): ReactNode => {
  const { t, i18n } = useTranslation()
  const till = useTill()
  const { data, isError } = useCoreQuery('practice.listScenarios', {}, { live: true, keep: true })
  const [changed, setChanged] = useState<PracticeScenarios | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = changed ?? data
  const packs = shown?.packs ?? []
  const playing = shown?.playing ?? ALL_IS_WELL
  const at = Math.max(0, packs.findIndex(({ name }) => name === (chosen ?? playing)))
  const pack = packs[at]
  const words = i18n.language === 'en' ? pack?.en : pack?.zh
  const play = (name: string | undefined): void => {
    if (name === undefined || shown === undefined) return
    void attempt(till, () => till.core.command('practice.playScenario', { name: name === ALL_IS_WELL ? null : name })).then((now) => now !== null && setChanged(now))
  }
  const move = (by: number): void => setChosen(packs[(at + by + packs.length) % Math.max(1, packs.length)]?.name ?? null)
  return (
    <Page
      title={t('lessons.title')}
      testid="lessons-page"
      aside={<p className="dim">{t('lessons.lead')}</p>}
      keys={{ ArrowUp: () => move(-1), ArrowDown: () => move(1), Enter: () => play(pack?.name), Delete: () => play(ALL_IS_WELL) }}
      typed={(text) => {
        const digit = /^\d$/.test(text) ? packs[(Number(text) + 9) % 10] : undefined
        if (digit === undefined) return false
        setChosen(digit.name)
        return true
      }}
      footer={
        <>
          <KeyButton name="Enter" label={t('lessons.start')} next onPress={() => play(pack?.name)} testid="lesson-start" disabled={pack === undefined || pack.name === playing} />
          <KeyButton name="Delete" label={t('lessons.end')} onPress={() => play(ALL_IS_WELL)} testid="lesson-end" disabled={playing === ALL_IS_WELL} />
        </>
      }
    >
      {isError ? (
        <p className="result-line is-broken" role="alert" data-testid="lessons-gone">
          {t('lessons.gone')}
        </p>
      ) : null}
      <div className="lessons">
        <ul className="choices" role="listbox" data-testid="lessons" data-playing={playing}>
          {packs.map(({ name, zh, en }, position) => (
            <li
              key={name}
              role="option"
              aria-selected={position === at}
              className={`choice${position === at ? ' is-selected' : ''}`}
              data-testid={`lesson-${name}`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => setChosen(name)}
            >
              {position < 10 ? <KeyCap name={String((position + 1) % 10)} /> : <span className="keycap is-empty" />}
              <span className="choice-label">{(i18n.language === 'en' ? en : zh).title}</span>
              {name === playing ? <span className={`lesson-now${name === ALL_IS_WELL ? ' is-well' : ''}`}>{name === ALL_IS_WELL ? t('lessons.none') : t('lessons.playing')}</span> : null}
            </li>
          ))}
        </ul>
        {words === undefined ? null : (
          <article className="lesson-words" data-testid="lesson-words">
            <h2>{words.title}</h2>
            <h3>{t('lessons.happens')}</h3>
            <p>{words.happens}</p>
            <h3>{t('lessons.todo')}</h3>
            <p>{words.todo}</p>
            <h3>{t('lessons.page')}</h3>
            <p>
              <code className="lesson-address" data-testid="lesson-page">
                {shown?.pageUrl}
              </code>
            </p>
            <p className="dim">{t('lessons.page-hint')}</p>
          </article>
        )}
      </div>
    </Page>
  )
}
