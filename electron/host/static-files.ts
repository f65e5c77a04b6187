import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.woff': 'font/woff',
  '.json': 'application/json; charset=utf-8', '.webmanifest': 'application/manifest+json', '.mp3': 'audio/mpeg', '.wav': 'audio/wav', '.txt': 'text/plain; charset=utf-8',
}

export interface StaticFile { readonly type: string; readonly bytes: () => Buffer; readonly immutable: boolean }

/** What may be served, listed once: a request names an entry of this list or nothing, so no path is ever built from it. */
export const listStaticFiles = (folder: string): ReadonlyMap<string, StaticFile> => {
  const files = new Map<string, StaticFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[path.extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const full = path.join(entry.parentPath, entry.name)
    const address = `/${path.relative(folder, full).split(path.sep).join('/')}`
    files.set(address, { type, bytes: () => readFileSync(full), immutable: address.startsWith('/assets/') })
  }
  const index = files.get('/index.html')
  if (index === undefined) throw new Error(`${folder} holds no index.html: build the renderer first`)
  files.set('/', index)
  return files
}
