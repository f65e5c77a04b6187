import type { Node, ParseError } from 'jsonc-parser'
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode } from 'jsonc-parser'
import { RegionProfile } from './profile.ts'
import { explainIssue } from './profile-explain.ts'
import type { Words } from './profile-explain.ts'
import { suspicionsOf } from './profile-suspicions.ts'

/** One remark about a profile file. `error`: it is no profile; `warning`: legal, and probably not meant. */
export interface ProfileFinding extends Words {
  readonly severity: 'error' | 'warning'
  /** From 1, as editors count. */
  readonly line: number
  readonly column: number
  readonly path: string
}

type Path = readonly (string | number)[]

const pathText = (path: Path): string => path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('')

const placeIn = (text: string): ((offset: number) => { readonly line: number; readonly column: number }) => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let line = starts.findLastIndex((start) => start <= offset)
    if (line < 0) line = 0
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}

/** The name's place for a wrong name, the value's for a wrong value; of what is missing, where it should have been. */
const offsetOf = (root: Node | undefined, path: Path, what: 'name' | 'value'): number => {
  for (let length = path.length; root !== undefined && length >= 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length))
    if (node === undefined) continue
    return what === 'name' && length === path.length && node.parent?.type === 'property' ? node.parent.offset : node.offset
  }
  return 0
}

const SYNTAX: Readonly<Record<string, Words>> = {
  PropertyNameExpected: { zh: '这里应为加引号的键名', en: 'a name in quotes is expected here' },
  ValueExpected: { zh: '这里缺一个值', en: 'a value is missing here' },
  ColonExpected: { zh: '键名后缺冒号', en: 'a colon is missing behind the name' },
  CommaExpected: { zh: '两项之间缺逗号', en: 'a comma is missing between two entries' },
  CloseBraceExpected: { zh: '缺右花括号 }', en: 'a closing } is missing' },
  CloseBracketExpected: { zh: '缺右方括号 ]', en: 'a closing ] is missing' },
  EndOfFileExpected: { zh: '配置在此已结束，后面多出了内容', en: 'the profile ends here; something follows' },
  UnexpectedEndOfString: { zh: '文字缺右引号', en: 'the closing quote of a text is missing' },
  UnexpectedEndOfComment: { zh: '注释没有结束', en: 'a comment does not end' },
  InvalidEscapeCharacter: { zh: '反斜杠后的字符不合规；正则里的 \\ 要写成 \\\\', en: 'no such escape; a \\ of a pattern is written \\\\' },
}

const repeatedNames = (node: Node): readonly { readonly name: string; readonly offset: number }[] => {
  const own = node.type === 'object' ? node.children ?? [] : []
  const seen = new Set<string>()
  const here = own.flatMap((property) => {
    const name = String(property.children?.[0]?.value)
    if (seen.has(name)) return [{ name, offset: property.offset }]
    seen.add(name)
    return []
  })
  return [...here, ...(node.children ?? []).flatMap(repeatedNames)]
}

/** Every mistake of a profile file and what is suspicious in it, in the order of the file. An empty list: nothing to say. */
export const lintProfile = (text: string): readonly ProfileFinding[] => {
  if (text.trim() === '') return [{ severity: 'error', line: 1, column: 1, path: '', zh: '文件是空的', en: 'the file is empty' }]
  const place = placeIn(text)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  const findings: ProfileFinding[] = errors.map((error) => {
    const name = printParseErrorCode(error.error)
    return { severity: 'error', ...place(error.offset), path: '', ...(SYNTAX[name] ?? { zh: `不是合规的 JSON（${name}）`, en: `no valid JSON (${name})` }) }
  })
  // What is read from a broken file is guesswork: first the file, then what it says.
  if (errors.length > 0 || root === undefined) return findings
  for (const { name, offset } of repeatedNames(root)) findings.push({ severity: 'error', ...place(offset), path: name, zh: `键“${name}”写了两次，哪一个算数说不清`, en: `the key ${name} stands twice: which one counts is a guess` })
  const value: unknown = getNodeValue(root)
  const parsed = RegionProfile.safeParse(value)
  if (parsed.success) {
    for (const { path, zh, en } of suspicionsOf(parsed.data)) findings.push({ severity: 'warning', ...place(offsetOf(root, path, 'value')), path: pathText(path), zh, en })
  } else {
    for (const { path, about, zh, en } of parsed.error.issues.flatMap((issue) => explainIssue(issue, value))) findings.push({ severity: 'error', ...place(offsetOf(root, path, about)), path: pathText(path), zh, en })
  }
  return findings.toSorted((a, b) => a.line - b.line || a.column - b.column)
}
