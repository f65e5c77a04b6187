import { idVerifies } from './check-digits.ts'
import type { Found } from './recognised.ts'

/** What must not be kept under a prescription even there: bearer tokens and catalogue codes. */
const OTHERS = /^(?:(?:2[5-9]|30)\d{18}|[CT]\d{19}|Z[A-Z]\d{2}[A-Z]{2}[A-Z]\d{4}\d{9})$/

/**
 * 处方追溯码 rxTraceCode: 20 characters whose alphabet is not published (trace-codes.md §2.1). Nothing tells it from a drug's code but the field that was scanned into:
 * asked for only there, where 20 digits from 8 are the prescription's. An Alipay code stays one: it must not be kept. Null: not of its form.
 */
export const findPrescriptionTrace = (text: string, aim: string | null): Found | null =>
  /^[0-9A-Za-z]{20}$/.test(text) && !OTHERS.test(text) && (aim === null || !/^\](?:C1|d2|Q3|E|I)/.test(aim)) && !idVerifies(text.slice(0, 18))
    ? {
        finding: { kind: 'rx-trace' },
        because: [/^8\d{19}$/.test(text) ? 'a drug’s form, but a prescription’s field was scanned into' : '20 characters in a prescription’s field'],
      }
    : null
