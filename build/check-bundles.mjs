import { readFileSync, readdirSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** What a bundle may still ask for at run time, by folder. @type {Readonly<Record<string, readonly string[]>>} */
const ALLOWED = {
  'shell/main.js': ['electron'],
  'shell/preload.cjs': ['electron'],
  'core/utility-process.js': ['better-sqlite3'],
  'files/electron/core/catalogue/build-worker.js': ['better-sqlite3'],
  'practice/main.js': [],
  'native/utility-process.js': [],
}
/** The core bundle must really leave its database engine outside: inlined it would not find its binary. */
const REQUIRED = /** @type {Readonly<Record<string, string>>} */ ({ 'shell/main.js': 'electron', 'shell/preload.cjs': 'electron', 'core/utility-process.js': 'better-sqlite3', 'files/electron/core/catalogue/build-worker.js': 'better-sqlite3' })

/** Modules that a bundle asks for at run time. @param {string} text @returns {readonly string[]} */
export const importsOf = text => {
  /** @type {Set<string>} */
  const found = new Set()
  /** @param {any} node */
  const note = node => {
    if (node?.type === 'Literal' && typeof node.value === 'string') found.add(node.value)
  }
  /** @param {any} node */
  const walk = node => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (typeof node !== 'object' || node === null) return
    if (['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'].includes(node.type)) note(node.source)
    if (node.type === 'CallExpression' && ['require', '__require'].includes(node.callee?.name)) note(node.arguments[0])
    for (const key of Object.keys(node)) if (key !== 'type' && key !== 'start' && key !== 'end') walk(node[key])
  }
  walk(parseAst(text).body)
  return [...found]
}

/** @param {string} name */
const isNode = name => name.startsWith('node:') || builtinModules.includes(name)

/** Throws when a bundle is not what its process can load. @param {string} dist @param {readonly string[]} files */
export const checkBundles = (dist, files) => {
  for (const file of files) {
    const text = readFileSync(path.join(dist, file), 'utf8')
    const asked = importsOf(text)
    const foreign = asked.filter(name => !isNode(name) && !(ALLOWED[file] ?? []).includes(name))
    if (foreign.length > 0) throw new Error(`dist/${file} still asks for ${foreign.join(', ')}`)
    const required = REQUIRED[file]
    if (required !== undefined && !asked.includes(required)) throw new Error(`dist/${file} does not ask for ${required}: it was bundled in, or lost`)
    if (file === 'shell/preload.cjs') {
      const more = asked.filter(name => name !== 'electron')
      if (more.length > 0) throw new Error(`the preload asks for ${more.join(', ')}: a sandboxed preload may ask for electron only`)
      if (/^\s*(import|export)\s/m.test(text)) throw new Error('the preload is an ES module: a sandboxed preload must be CommonJS')
    }
    const folder = path.dirname(path.join(dist, file))
    const chunks = readdirSync(folder).filter(name => /\.(js|cjs|mjs)$/.test(name) && statSync(path.join(folder, name)).isFile())
    const expected = files.filter(other => path.dirname(other) === path.dirname(file)).length
    if (chunks.length !== expected) throw new Error(`dist/${path.dirname(file)} holds ${chunks.join(', ')}: one process, one file`)
  }
}
