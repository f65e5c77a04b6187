import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import type { KeyReference } from './profile.ts'
import { RegionProfile } from './profile.ts'

const MAX_PROFILE_CHARS = 1_000_000

/** Checks a profile read from anywhere. Error profile.invalid names every wrong key and what was expected. */
export const parseProfile = (value: unknown, source: string): RegionProfile => {
  const parsed = RegionProfile.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError('profile.invalid', `${source} is no region profile:\n${z.prettifyError(parsed.error)}`, { file: path.basename(source), problem: firstProblem(parsed.error) })
}

const firstProblem = (error: z.ZodError): string => {
  const issue = error.issues[0]
  return issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`
}

/** A profile from a JSON file. Error profile.invalid. */
export const loadProfile = (file: string): RegionProfile => {
  let value: unknown
  try {
    const text = readFileSync(file, 'utf8')
    if (text.length > MAX_PROFILE_CHARS) throw new Error('file too long')
    value = JSON.parse(text)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new AppError('profile.invalid', `cannot read the profile ${file}: ${problem}`, { file: path.basename(file), problem }, error)
  }
  return parseProfile(value, file)
}

/** The profiles that come with the program. */
export const shippedProfileFile = (name: 'practice' | 'hunan'): string => path.join(import.meta.dirname, 'profiles', `${name}.json`)

/** The same profile at another address: the practice platform chooses its ports when it starts. Error profile.invalid. */
export const withEndpoint = (profile: RegionProfile, endpoint: { readonly url: string; readonly localServiceUrl: string | null }): RegionProfile =>
  parseProfile({ ...profile, transport: { ...profile.transport, url: endpoint.url }, credentials: { ...profile.credentials, serviceUrl: endpoint.localServiceUrl } }, profile.name)

/** A key that is nowhere is an error of the installation, told at start and not at the first sale. Error profile.invalid. */
export const resolveKey = (reference: KeyReference, secrets: Readonly<Record<string, string>>, environment: Readonly<Record<string, string | undefined>>): string => {
  if ('value' in reference) return reference.value
  const found = 'secret' in reference ? secrets[reference.secret] : environment[reference.env]
  if (found !== undefined && found !== '') return found
  const where = 'secret' in reference ? `secret ${reference.secret}` : `environment variable ${reference.env}`
  throw new AppError('profile.invalid', `the profile's key is not there: ${where}`, { problem: where })
}
