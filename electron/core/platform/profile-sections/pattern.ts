import { z } from 'zod'

/** A text pattern as in a regular expression; tried against the platform's cleaned words. */
export const Pattern = z.string().min(1).refine((text) => {
  try { return new RegExp(text, 'u') instanceof RegExp } catch { return false }
}, 'a regular expression')
