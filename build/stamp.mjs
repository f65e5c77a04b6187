import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** Hash of the contents of files and folders: what a build was made from. @param {string} root @param {readonly string[]} sources @returns {string} */
export const hashSources = (root, sources) => {
  const hash = createHash('sha256')
  for (const source of sources) {
    const full = path.join(root, source)
    if (!existsSync(full)) continue
    const files = statSync(full).isDirectory() ? readdirSync(full, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name)).sort() : [full]
    for (const file of files) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** @param {string} stampFile @param {string} hash */
export const isCurrent = (stampFile, hash) => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash
