import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseIssuerRules } from '../../domain/recognition/issuer-rules.ts'
import type { IssuerRules } from '../../domain/recognition/issuer-rules.ts'

export const issuerRulesFile = (dataFolder: string): string => path.join(dataFolder, 'issuer-rules.json')
const LARGEST = 1024 * 1024

/** The shop's own rules; null: there is no such file. A wrong one is told with its errors, and none of it is used: the till opens all the same. */
export const readIssuerRules = (file: string): { readonly rules: IssuerRules } | { readonly errors: readonly string[] } | null => {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if (size === undefined) return null
  return size > LARGEST ? { errors: ['the file is larger than 1 MB'] } : parseIssuerRules(readFileSync(file, 'utf8'))
}
