import { useEffect, useRef, useState } from 'react'
import type { FoundPack, Output, PackSearchBy, PackState } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { useTill } from '../../ui/tools.ts'

export interface PackQuery {
  readonly text: string
  readonly by: PackSearchBy
  readonly states: readonly PackState[]
  /** One patient's packs instead; asked for once more by every page, and written down. */
  readonly personId: string | null
}
export interface PackSearch {
  readonly rows: readonly FoundPack[]
  readonly sense: Output<'trace.searchPacks'>['sense'] | 'patient'
  readonly subject: string
  readonly more: boolean
  readonly loading: boolean
  readonly fetchMore: () => void
  /** Reads one row again: something was done with that pack. */
  readonly renew: (code: string) => void
}

type Page = Pick<PackSearch, 'rows' | 'sense' | 'subject'> & { readonly next: string | null }
/** Between two typed letters nothing is asked. */
const TYPING_MS = 60
/** Of twenty thousand packs each: a million are looked through without being asked again. */
const MOST_STRETCHES = 50
const NONE: Page = { rows: [], sense: 'recent', subject: '', next: null }

/** Pages of what is asked for; the newest question wins, whichever answer comes last. */
export const usePackSearch = (query: PackQuery): PackSearch => {
  const till = useTill()
  const [page, setPage] = useState<Page>(NONE)
  const [loading, setLoading] = useState(true)
  const asked = useRef(0)
  const { text, by, states, personId } = query
  const question = JSON.stringify([text.trim(), by, states, personId])

  const ask = async (after: string | null, before: Page, stretches = 1): Promise<void> => {
    const mine = ++asked.current
    setLoading(true)
    const paging = { states: [...states], after }
    const found = await attempt(till, async () =>
      personId === null
        ? till.core.query('trace.searchPacks', { text: text.trim(), by, ...paging })
        : { ...(await till.core.command('trace.listPatientPacks', { personId, ...paging })), sense: 'patient' as const, subject: '' },
    )
    if (mine !== asked.current) return
    // A long way without one that fits: the next stretch, and what was found so far is shown.
    const rows = found === null ? [] : after === null ? found.rows : [...before.rows, ...found.rows]
    if (found !== null) setPage({ rows, sense: found.sense, subject: found.subject, next: found.next })
    if (found !== null && found.next !== null && rows.length === 0 && stretches < MOST_STRETCHES) await ask(found.next, NONE, stretches + 1)
    else setLoading(false)
  }
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    const timer = setTimeout(() => void latest.current(null, NONE), TYPING_MS)
    return () => {
      clearTimeout(timer)
      // Whatever is still asked for is not wanted any more.
      asked.current += 1
    }
  }, [question])
  return {
    rows: page.rows,
    sense: page.sense,
    subject: page.subject,
    more: page.next !== null,
    loading,
    fetchMore: () => {
      if (!loading && page.next !== null) void ask(page.next, page)
    },
    renew: (code) => {
      void attempt(till, () => till.core.query('trace.searchPacks', { text: code, by: 'code' })).then((found) => {
        const fresh = found?.rows.find((row) => row.code === code)
        if (fresh !== undefined) setPage((now) => ({ ...now, rows: now.rows.map((row) => (row.code === code ? fresh : row)) }))
      })
    },
  }
}
