import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fen, Sale, TenderMethod } from '../../../electron/contract/index.ts'
import { formatFen, parseYuanToFen } from '../../../electron/domain/amounts.ts'
import { useNames } from '../../i18n/sentences.ts'
import { takeTender } from '../../till/settling.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { Money } from '../../ui/Money.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'
import { changeFor, likelyNotes } from '../../view/totals.ts'
import { SayLine } from '../../ui/SayLine.tsx'

const METHODS: readonly TenderMethod[] = ['cash', 'wechat', 'alipay', 'card']

/** What is said aloud is biggest: what the patient pays, and the change. Enter with nothing typed is the exact amount. */
export const TakeMoney = ({ sale }: { readonly sale: Sale }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const scanned = useTillState((state) => state.payMethod)
  const [method, setMethod] = useState<TenderMethod>('cash')
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
  }, [method, sale.tenders.length])
  // A scanned payment code says which wallet it is; nothing is charged with it.
  useEffect(() => {
    if (scanned !== null) setMethod(scanned.method)
  }, [scanned])
  const given: Fen | null = text.trim() === '' ? sale.dueFen : parseYuanToFen(text)
  const { changeFen, shortFen } = changeFor(sale.dueFen, given ?? (0 as Fen))
  const close = (): void => till.store.set({ overlay: null })
  const submit = (amount: Fen | null = given): void => {
    if (amount === null || busy) return
    setBusy(true)
    void takeTender(till, method, amount).then(() => {
      setBusy(false)
      setText('')
    })
  }
  const pressMethod = (next: TenderMethod): void => {
    setMethod(next)
    setText('')
  }
  const step = (by: number): void => pressMethod(METHODS[(METHODS.indexOf(method) + by + METHODS.length) % METHODS.length] ?? 'cash')
  return (
    <Dialog
      title={
        <>
          {t('pay.title')} <span className="num dim">{sale.receiptNumber.slice(-4)}</span>
        </>
      }
      width={860}
      onClose={close}
      testid="pay-dialog"
      keys={{ Enter: () => submit(), ArrowUp: () => step(-1), ArrowDown: () => step(1), F9: () => submit() }}
      footer={
        <>
          <KeyButton
            name="Enter"
            label={text.trim() === '' ? t(method === 'cash' ? 'pay.exact' : 'pay.record') : t('pay.take')}
            next
            disabled={given === null}
            onPress={() => submit()}
            testid="pay-submit"
          />
          <KeyButton name="Escape" label={t('pay.later')} onPress={close} />
        </>
      }
    >
      <SayLine />
      <div className="pay">
        <div className="pay-methods" role="radiogroup">
          {METHODS.map((entry) => (
            <button
              key={entry}
              type="button"
              tabIndex={-1}
              role="radio"
              aria-checked={entry === method}
              className={`pay-method${entry === method ? ' is-chosen' : ''}`}
              data-testid={`pay-${entry}`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pressMethod(entry)}
            >
              {nameOf('tenderMethod', entry)}
            </button>
          ))}
          <p className="pay-keys">
            <KeyCap name="ArrowUp" />
            <KeyCap name="ArrowDown" /> {t('pay.keys')}
          </p>
          <p className="pay-note">{method === 'cash' ? t('pay.cash-note') : ''}</p>
        </div>
        <div className="pay-amounts">
          <div className="pay-due">
            <span>{t('pay.due')}</span>
            <Money fen={sale.dueFen} testid="pay-due" />
          </div>
          <label className="pay-given">
            <span>{method === 'cash' ? t('pay.given') : t('pay.amount')}</span>
            <input
              ref={input}
              data-testid="pay-given"
              inputMode="decimal"
              autoComplete="off"
              value={text}
              placeholder={formatFen(sale.dueFen)}
              maxLength={12}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          {method === 'cash' ? (
            <div className="pay-notes">
              {likelyNotes(sale.dueFen).map((note) => (
                <button key={note} type="button" tabIndex={-1} className="note" onMouseDown={(e) => e.preventDefault()} onClick={() => submit(note)}>
                  <Money fen={note} />
                </button>
              ))}
            </div>
          ) : null}
          {method === 'cash' || shortFen > 0 ? (
            <div className={`pay-change${shortFen > 0 ? ' is-short' : ''}`} data-testid="pay-change-row">
              <span>{shortFen > 0 ? t('pay.short') : t('pay.change')}</span>
              <Money fen={shortFen > 0 ? shortFen : changeFen} testid="pay-change" />
            </div>
          ) : null}
          {method === 'cash' ? null : (
            <p className="pay-recorded" data-testid="pay-recorded">
              {t('pay.recorded-only')}
            </p>
          )}
        </div>
      </div>
      {sale.tenders.length === 0 ? null : (
        <p className="pay-taken">
          {t('pay.taken')}{' '}
          {sale.tenders.map((tender) => (
            <span key={tender.tenderId}>
              {nameOf('tenderMethod', tender.method)} <Money fen={tender.amountFen} />
            </span>
          ))}
        </p>
      )}
    </Dialog>
  )
}
