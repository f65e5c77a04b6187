import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output, PaperNote } from '../../../electron/contract/index.ts'
import { useSentence } from '../../i18n/sentences.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'

const Note = ({ note }: { readonly note: PaperNote }): ReactNode => {
  const { t } = useTranslation()
  const { word, text, action } = useSentence()('paper', note.problem, note.detail)
  return (
    <li className={note.refuses ? 'is-refuse' : ''} data-problem={note.problem}>
      <span className="num dim">{note.line === null ? '' : t('goods.line', { line: note.line })}</span>
      <b>{word}</b>
      <span>
        {text} <span className="dim">· {action}</span>
      </span>
    </li>
  )
}

interface Props {
  readonly imported: Output<'goods.importDelivery'>
  readonly onOpen: (deliveryId: string) => void
  readonly onClose: () => void
}

/** What became of a supplier's paper: taken, known already, or refused with its lines. */
export const PaperDialog = ({ imported: { outcome, delivery, notes, noteCount }, onOpen, onClose }: Props): ReactNode => {
  const { t } = useTranslation()
  const go = (): void => (delivery === null ? onClose() : onOpen(delivery.deliveryId))
  return (
    <Dialog
      title={t(`goods.import-${outcome}`)}
      width={860}
      onClose={onClose}
      keys={{ Enter: go }}
      testid="paper"
      footer={
        <>
          {delivery === null ? null : <KeyButton name="Enter" label={t('goods.open')} next onPress={go} testid="paper-open" />}
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <p className="paper-what" data-testid="paper-outcome" data-outcome={outcome}>
        {delivery === null ? (
          t('goods.nothing-taken')
        ) : (
          <>
            <b className="num">{delivery.documentNumber}</b> {delivery.supplier} · {t('goods.packs-to-come', { count: delivery.expected - delivery.received })}
          </>
        )}
      </p>
      {notes.length === 0 ? null : (
        <ul className="paper-notes" data-testid="paper-notes">
          {notes.map((note, index) => (
            <Note key={index} note={note} />
          ))}
          {noteCount > notes.length ? <li className="dim">{t('goods.more-notes', { count: noteCount - notes.length })}</li> : null}
        </ul>
      )}
    </Dialog>
  )
}
