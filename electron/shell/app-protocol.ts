import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://yaogui'

/** The window has no network at all: everything goes through core's port. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "media-src 'self'", "connect-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.woff': 'font/woff',
  '.json': 'application/json; charset=utf-8', '.mp3': 'audio/mpeg', '.wav': 'audio/wav',
}

/** Addresses of the built screens and the files behind them, listed once: no path is ever built from a request. */
export const listAppFiles = (folder: string): ReadonlyMap<string, string> => {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const full = path.join(entry.parentPath, entry.name)
    if (entry.isFile() && TYPES[path.extname(entry.name)] !== undefined) files.set(`/${path.relative(folder, full).split(path.sep).join('/')}`, full)
  }
  const index = files.get('/index.html')
  if (index === undefined) throw new Error(`${folder} holds no index.html`)
  return files.set('/', index)
}

const refuse = (status: number): Response => new Response(null, { status, headers: { 'content-security-policy': CONTENT_SECURITY_POLICY } })

/** Answers one app:// request: GET of our own origin, a listed file, under the policy; anything else is refused. */
export const answerAppRequest = (files: ReadonlyMap<string, string>, request: Pick<Request, 'method' | 'url'>): Response => {
  if (request.method !== 'GET') return refuse(405)
  const url = URL.parse(request.url)
  // A URL of a scheme that Node does not know as standard has no origin: compare its parts.
  if (url === null || `${url.protocol}//${url.host}` !== APP_ORIGIN) return refuse(403)
  const file = files.get(url.pathname === '' ? '/' : url.pathname)
  if (file === undefined) return refuse(404)
  return new Response(new Uint8Array(readFileSync(file)), {
    headers: { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': CONTENT_SECURITY_POLICY, 'x-content-type-options': 'nosniff', 'cross-origin-opener-policy': 'same-origin' },
  })
}
