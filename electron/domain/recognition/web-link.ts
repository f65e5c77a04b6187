import { misfit, ruleFor } from './gs1-identifiers.ts'
import { gtinFields } from './gs1.ts'
import { findMa } from './ma.ts'
import type { Found } from './recognised.ts'
import { shortDate } from './short-dates.ts'

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

interface Link {
  readonly path: readonly string[]
  readonly query: ReadonlyMap<string, string>
}

/** No URL class here: domain has neither Node nor the DOM, and a QR's link is often not a proper URL. */
const partsOf = (text: string): Link | null => {
  const match = /^https?:\/\/[^/?#]+([^?#]*)(?:\?([^#]*))?/i.exec(text)
  if (match === null) return null
  const query = new Map(
    (match[2] ?? '')
      .split(/[&;]/)
      .filter((pair) => pair !== '')
      .map((pair) => {
        const at = pair.indexOf('=')
        return at === -1 ? ([decode(pair), ''] as const) : ([decode(pair.slice(0, at)), decode(pair.slice(at + 1))] as const)
      }),
  )
  return { path: (match[1] ?? '').split('/').slice(1).map(decode), query }
}

const SHORT_NAMES: Readonly<Record<string, string>> = { gtin: '01', lot: '10', ser: '21', exp: '17', cpv: '22' }
const asAi = (key: string): string => SHORT_NAMES[key] ?? key

/** GS1 Digital Link: `/01/{gtin}`, then pairs in the path, other elements in the query. */
const digitalLink = ({ path, query }: Link, thisYear: number): Found | null => {
  const at = path.findIndex((part, index) => asAi(part) === '01' && /^(?:\d{8}|\d{12,14})$/.test(path[index + 1] ?? ''))
  if (at === -1) return null
  const found = new Map<string, string>()
  for (let i = at + 2; i + 1 < path.length; i += 2) found.set(asAi(path[i] ?? ''), path[i + 1] ?? '')
  for (const [key, value] of query) if (!found.has(asAi(key))) found.set(asAi(key), value)
  const valueOf = (ai: string): string | null => {
    const value = found.get(ai)
    const rule = ruleFor(ai)
    return value !== undefined && rule !== null && misfit(rule, value, 0, value.length) === null ? value : null
  }
  const expiry = valueOf('17')
  const finding = {
    kind: 'gs1-url' as const,
    issuer: 'GS1' as const,
    ...gtinFields((path[at + 1] ?? '').padStart(14, '0')),
    serial: valueOf('21'),
    lot: valueOf('10'),
    expiresOn: expiry === null ? null : shortDate(expiry, thisYear, 'last-day'),
  }
  return { finding, because: ['a GS1 Digital Link'] }
}

/** GB/T 33993: `/g/{13 digits}/{serial or batch}`; with two parts the batch comes first. */
const gbLink = ({ path }: Link): Found | null => {
  const at = path.findIndex((part, index) => part.toLowerCase() === 'g' && /^\d{13,14}$/.test(path[index + 1] ?? ''))
  if (at === -1) return null
  const [first = '', second = ''] = path.slice(at + 2)
  const finding = {
    kind: 'gs1-url' as const,
    issuer: 'GS1' as const,
    ...gtinFields((path[at + 1] ?? '').padStart(14, '0')),
    serial: (second === '' ? first : second) || null,
    lot: second === '' ? null : first,
    expiresOn: null,
  }
  return { finding, because: ['a GB/T 33993 product link'] }
}

/** Any web link. An unknown one stays unknown, whatever digits it holds: a host is not proof. */
export const findWebLink = (text: string, thisYear: number): Found | null => {
  const link = partsOf(text)
  if (link === null) return null
  return (
    findMa(text, thisYear) ??
    digitalLink(link, thisYear) ??
    gbLink(link) ?? { finding: { kind: 'unknown' }, because: ['a web link of no known form; scan the bar code beside it'] }
  )
}
