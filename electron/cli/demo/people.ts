import type { Credential } from '../../contract/index.ts'

// What the practice province's made-up people carry with them (region 999999, no real person).

/** 张*: employee, account 1,500.00 in the morning. */
export const ZHANG = { voucher: '4242026000000000000148430000', idNumber: '999999198001010118' } as const
/** 李*: employee with 12.30 left in the account; the rest may be paid in cash. */
export const LI = { voucher: '4242026000000000000285430000' } as const
/** 王*: retired, filed for hypertension (M03900) and diabetes (M01600), account 860.00. */
export const WANG: { readonly card: Credential } = { card: { kind: 'social-card', cardNumber: 'P99900003' } }
/** 陈*: employee with 12.30 left, whose account must cover its part alone. */
export const CHEN = { voucher: '4242026000000000001081430000' } as const
