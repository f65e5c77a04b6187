import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { ParseError } from 'jsonc-parser'
import { parse, printParseErrorCode, visit } from 'jsonc-parser'
import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import type { KeyReference } from './profile.ts'
import { RegionProfile } from './profile.ts'

const MAX_PROFILE_CHARS = 1_000_000
const FOLDER = path.join(import.meta.dirname, 'profiles')

/** Checks a profile read from anywhere. Error profile.invalid names every wrong key and what was expected. */
export const parseProfile = (value: unknown, source: string): RegionProfile => {
  const parsed = RegionProfile.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError('profile.invalid', `${source} is no region profile (yaogui profile check tells line by line):\n${z.prettifyError(parsed.error)}`, { file: path.basename(source), problem: firstProblem(parsed.error) })
}

const firstProblem = (error: z.ZodError): string => {
  const issue = error.issues[0]
  return issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`
}

/** The file's text, with comments and all. Error profile.invalid. */
export const readProfileText = (file: string): string => {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
    if (text.length > MAX_PROFILE_CHARS) throw new Error('file too long')
    return text
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new AppError('profile.invalid', `cannot read the profile ${file}: ${problem}`, { file: path.basename(file), problem }, error)
  }
}

/** A name that stands twice in one object: which one counts is a guess. */
const repeatedName = (text: string): string | null => {
  const open: Set<string>[] = []
  let repeated: string | null = null
  visit(text, {
    onObjectBegin: () => { open.push(new Set()) },
    onObjectEnd: () => { open.pop() },
    onObjectProperty: (name) => {
      if (open.at(-1)?.has(name) === true) repeated ??= name
      open.at(-1)?.add(name)
    },
  })
  return repeated
}

/** A profile from a file of JSON with comments (plain JSON is such a file). Error profile.invalid. */
export const loadProfile = (file: string): RegionProfile => {
  const errors: ParseError[] = []
  const text = readProfileText(file)
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  const repeated = repeatedName(text)
  if (first === undefined && repeated !== null) throw new AppError('profile.invalid', `${file}: the key ${repeated} stands twice`, { file: path.basename(file), problem: repeated })
  if (first === undefined) return parseProfile(value, file)
  const problem = `${printParseErrorCode(first.error)} at character ${first.offset}`
  throw new AppError('profile.invalid', `${file} is no JSON (yaogui profile check tells where): ${problem}`, { file: path.basename(file), problem })
}

const shipped = (): readonly string[] => readdirSync(FOLDER).flatMap((name) => (name.endsWith('.jsonc') ? [name.slice(0, -'.jsonc'.length)] : [])).toSorted()
/** The profiles that come with the program. A province more is a file more. */
export const shippedProfiles = (): readonly string[] => shipped()
/** Error profile.invalid when no profile of this name comes with the program. */
export const shippedProfileFile = (name: string): string => {
  if (!shipped().includes(name)) throw new AppError('profile.invalid', `no profile ${name}: ${shipped().join(', ')}`, { file: name, problem: shipped().join(', ') })
  return path.join(FOLDER, `${name}.jsonc`)
}

export interface Endpoint {
  readonly url: string
  readonly localServiceUrl: string | null
  /** Where a token is fetched; absent: where the profile says, on the new host. */
  readonly tokenUrl?: string
}

const movedToken = (token: string, url: string): string => {
  const from = new URL(token)
  return new URL(from.pathname + from.search, url).href
}

/** The same profile at another address: the practice platform chooses its ports when it starts. Error profile.invalid. */
export const withEndpoint = (profile: RegionProfile, { url, localServiceUrl, tokenUrl }: Endpoint): RegionProfile => {
  const { transport } = profile
  const moved = transport.kind === 'oauth' && URL.canParse(url) ? { ...transport, url, token: { ...transport.token, url: tokenUrl ?? movedToken(transport.token.url, url) } } : { ...transport, url }
  return parseProfile({ ...profile, transport: moved, credentials: { ...profile.credentials, serviceUrl: localServiceUrl } }, profile.name)
}

/** A key that is nowhere is an error of the installation, told at start and not at the first sale. Error profile.invalid. */
export const resolveKey = (reference: KeyReference, secrets: Readonly<Record<string, string>>, environment: Readonly<Record<string, string | undefined>>): string => {
  if ('value' in reference) return reference.value
  const found = 'secret' in reference ? secrets[reference.secret] : environment[reference.env]
  if (found !== undefined && found !== '') return found
  const where = 'secret' in reference ? `secret ${reference.secret}` : `environment variable ${reference.env}`
  throw new AppError('profile.invalid', `the profile's key is not there: ${where}`, { problem: where })
}
