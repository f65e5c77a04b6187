import type { Credential } from '../../electron/contract/index.ts'

/**
 * What the cashier typed, or a scan that wants a name, as a credential: 28 digits are an e-voucher, an ID's shape is an ID, the rest a social card.
 * Whether the check digit holds is core's to say.
 */
export const credentialOf = (number: string, name: string): Credential | null => {
  const text = number.replace(/[\s-]/g, '').toUpperCase()
  const known = name.trim() === '' ? {} : { name: name.trim() }
  if (/^\d{28}$/.test(text)) return { kind: 'e-voucher', qr: text }
  if (/^\d{17}[\dX]$/.test(text) || /^\d{15}$/.test(text)) return { kind: 'id-card', idNumber: text, ...known }
  return /^[0-9A-Z]{8,32}$/.test(text) ? { kind: 'social-card', cardNumber: text, ...known } : null
}
