import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClaimCheck } from '../../../electron/contract/index.ts'
import { openClaim } from '../../till/claim.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'

const useWords = (): ((check: ClaimCheck, stops: boolean) => string) => {
  const { t } = useTranslation()
  return ({ state, violations }, stops) => {
    const found = t('claim.state-found', { count: violations.length })
    const open = violations.filter((violation) => violation.open).length
    const said = open === 0 ? found : `${found} · ${t('claim.state-open', { count: open })}`
    switch (state) {
      case 'asking':
        return violations.length === 0 ? t('claim.state-asking') : `${said} · ${t('claim.state-asking')}`
      case 'violations':
        return said
      case 'unavailable':
        return t(stops ? 'claim.state-unavailable-stop' : 'claim.state-unavailable')
      case 'clear':
      case 'off':
        return t('claim.state-clear')
    }
  }
}

/** Under the lines, always in its place: how far the check of an insured basket is. */
export const ClaimRow = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const sale = useTillState((state) => state.sale)
  const words = useWords()
  if (sale === null || sale.claimCheck.state === 'off') return null
  const { claimCheck } = sale
  const open = claimCheck.violations.some((violation) => violation.open)
  const stops = sale.blockers.some((blocker) => blocker.code === 'claim-unchecked')
  return (
    <div className={`claim-row${open || stops ? ' is-open' : ''}`} data-testid="claim-row" data-state={claimCheck.state} data-open={open}>
      <KeyButton name="/" label={t('claim.key')} next={open} onPress={() => openClaim(till)} testid="key-claim" />
      <span className="claim-words">{words(claimCheck, stops)}</span>
    </div>
  )
}
