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
  readonly refresh: () => void
}

type Page = Pick<PackSearch, 'rows' | 'sense' | 'subject'> & { readonly next: string | null }
const NONE: Page = { rows: [], sense: 'recent', subject: '', next: null }

/** Pages of what is asked for; the newest question wins, whichever answer comes last. */
export const usePackSearch = (query: PackQuery): PackSearch => {
  const till = useTill()
  const [page, setPage] = useState<Page>(NONE)
  const [loading, setLoading] = useState(true)
  const [again, setAgain] = useState(0)
  const asked = useRef(0)
  const { text, by, states, personId } = query
  const question = JSON.stringify([text.trim(), by, states, personId])

  const ask = async (after: string | null, before: Page): Promise<void> => {
    const mine = ++asked.current
    setLoading(true)
    const paging = { states: [...states], after }
    const found = await attempt(till, async () =>
      personId === null
        ? till.core.query('trace.searchPacks', { text: text.trim(), by, ...paging })
        : { ...(await till.core.command('trace.listPatientPacks', { personId, ...paging })), sense: 'patient' as const, subject: '' },
    )
    if (mine !== asked.current) return
    setLoading(false)
    if (found !== null) setPage({ rows: after === null ? found.rows : [...before.rows, ...found.rows], sense: found.sense, subject: found.subject, next: found.next })
  }
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    void latest.current(null, NONE)
  }, [question, again])
  return {
    rows: page.rows,
    sense: page.sense,
    subject: page.subject,
    more: page.next !== null,
    loading,
    fetchMore: () => {
      if (!loading && page.next !== null) void ask(page.next, page)
    },
    refresh: () => setAgain((count) => count + 1),
  }
}
