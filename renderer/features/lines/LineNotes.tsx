import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import type { LineNote } from '../../view/line-notes.ts'

const useNoteText = (): ((note: LineNote, unit: string) => string) => {
  const { t } = useTranslation()
  const sentence = useSentence()
  const nameOf = useNames()
  return (note, unit) => {
    switch (note.kind) {
      case 'missing':
        return t('line.missing', { count: note.count, unit })
      case 'virtual-waiting':
        return t('line.virtual-waiting', { count: note.count })
      case 'uncoded':
        return t('line.uncoded', { count: note.count, unit })
      case 'blocker':
        return sentence('blocker', note.code, note.detail).word
      case 'claim':
        return `${nameOf('claimSeverity', note.severity)} · ${note.rule} · ${note.action === null ? t(note.open ? 'claim.open' : 'claim.shown') : nameOf('claimAction', note.action)}`
      case 'over-limit':
        return t('line.over-limit', { amount: note.amount })
      case 'all-self-paid':
        return t('line.all-self-paid', { amount: note.amount })
      case 'first-share':
        return t('line.first-share', { amount: note.amount, percent: note.percent })
      case 'platform':
        return t('line.platform-says', { text: note.text })
    }
  }
}

export const LineNotes = ({ notes, unit }: { readonly notes: readonly LineNote[]; readonly unit: string }): ReactNode => {
  const textOf = useNoteText()
  return (
    <div className="line-notes" data-testid="line-notes">
      <span className="line-elbow" aria-hidden="true" />
      {notes.map((note, index) => (
        <span key={`${note.kind}-${index}`} className={`line-note is-${note.kind}${note.kind === 'claim' ? ` is-${note.severity}${note.open ? ' is-open' : ''}` : ''}`} data-note={note.kind}>
          {textOf(note, unit)}
        </span>
      ))}
    </div>
  )
}
