import { z } from 'zod'

/** Kinds of values that several sections of a profile use. */

export const Infno = z.string().regex(/^\d{4,6}[A-Z]?$/, 'a transaction number such as 2102 or 3592B')
export const Admdvs = z.string().regex(/^\d{6}$/, 'an insurance area code of 6 digits')
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

const isUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
export const isLoopback = (text: string): boolean => isUrl(text) && LOOPBACK.test(new URL(text).hostname)
const Url = z.string().refine(isUrl, 'an http or https address')
/** platform.md §1: TLS outside loopback. */
export const PlatformUrl = Url.refine((text) => !isUrl(text) || new URL(text).protocol === 'https:' || isLoopback(text), 'https, unless the platform runs on this machine')
export const LocalUrl = Url.refine((text) => !isUrl(text) || isLoopback(text), 'an address of this machine: credentials never leave it in clear')

/** A text pattern as in a regular expression; tried against the platform's cleaned words. */
export const Pattern = z.string().min(1).refine((text) => {
  try { return new RegExp(text, 'u') instanceof RegExp } catch { return false }
}, 'a regular expression')

/** A key is named, not written down: `secret` in the shop's secrets, `env` in the environment; `value` in clear only for practice. */
export const KeyReference = z.union([
  z.strictObject({ secret: z.string().min(1).describe('its name among the shop’s secrets') }),
  z.strictObject({ env: z.string().min(1).describe('the environment variable that holds it') }),
  z.strictObject({ value: z.string().min(1).describe('the key itself, in clear: only for practice') }),
], 'a key is named: {"secret": "…"} or {"env": "…"}; {"value": "…"} only in practice')
export type KeyReference = z.infer<typeof KeyReference>

/** Milliseconds of a time-out. */
export const Milliseconds = z.int().min(1).max(600_000)
