import type { Fen, Instant, Quantity, UnitPrice } from '../../../contract/index.ts'
import { formatQuantity, formatUnitPrice6, formatYuan } from '../../../domain/amounts.ts'
import { instantToLocal } from '../../../domain/calendar.ts'
import type { ResolvedCredential } from '../client.ts'
import type { WireNumber } from '../wire-json.ts'
import { wireNumber } from '../wire-json.ts'

/** Trade values as the wire writes them. */
export const yuan = (amount: Fen): WireNumber => wireNumber(formatYuan(amount))
export const price = (amount: UnitPrice): WireNumber => wireNumber(formatUnitPrice6(amount))
export const count = (amount: Quantity): WireNumber => wireNumber(formatQuantity(amount))
export const whole = (amount: number): WireNumber => wireNumber(String(amount))
export const flag = (yes: boolean): '0' | '1' => (yes ? '1' : '0')
export const localTime = (at: Instant): string => instantToLocal(at)

/** 就诊凭证类型, national code table. */
const CREDENTIAL_TYPES = { 'e-voucher': '01', 'id-card': '02', 'social-card': '03' } as const
export const credentialType = (credential: ResolvedCredential): string => CREDENTIAL_TYPES[credential.kind]
export const SOCIAL_CARD = CREDENTIAL_TYPES['social-card']
