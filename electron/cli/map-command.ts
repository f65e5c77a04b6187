import path from 'node:path'
import { importLinks, LARGEST_IMPORT } from '../core/map/import-links.ts'
import type { ImportedLine, ImportReport, Refusal } from '../core/map/import-links.ts'
import type { ToldNotice } from '../core/map/tell-link.ts'
import type { Language } from '../domain/sentences/names.ts'
import { atTheShop, readListFile } from './at-the-shop.ts'
import type { AtShopOptions } from './at-the-shop.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { pick } from './words.ts'
import type { Words } from './words.ts'

export interface MapImportOptions extends AtShopOptions {
  readonly source: 'national' | 'chain'
  readonly dryRun: boolean
  readonly leaveOut: boolean
}

const REFUSALS: Readonly<Record<Refusal, Words>> = {
  columns: ['列比表头多', 'more columns than the heading'],
  kind: ['kind 不认识', 'unknown kind'],
  value: ['不是这一类的编码', 'no code of this kind'],
  level: ['level 应为 1–9，且只用于标识', 'level is 1 to 9, and only of an identifier'],
  'note-too-long': ['备注超过 200 字', 'the note is longer than 200 characters'],
  'no-such-item': ['本店没有这个药', 'this shop has no such item'],
  'several-items': ['对应本店几个药，请改用商品号', 'means several items of this shop: give the item number'],
  'contradicts-line': ['与文件中另一行矛盾', 'contradicts another line of the file'],
  'given-out': ['冲突：该标识已确认属于某个药，不会是从未发放', 'conflict: the identifier is confirmed for an item, so it was issued'],
  'confirmed-here-for-another': ['冲突：已确认属于别的药', 'conflict: confirmed for another item'],
  'confirmed-here-otherwise': ['冲突：本店药师确认的包装级别不同', 'conflict: a pharmacist here confirmed another level'],
  'revoked-here': ['冲突：本店药师撤销过这条对码', 'conflict: a pharmacist here revoked just this link'],
  'better-source': ['冲突：更可靠的来源所说不同', 'conflict: a source that knows better says otherwise'],
  'never-issued': ['冲突：该标识被标为从未发放', 'conflict: the identifier is marked as never issued'],
}
const NOTICES: Readonly<Record<ToldNotice, Words>> = {
  shared: ['同一码现在对应几个药，收银时会问', 'the code now means several items: the till will ask'],
  'hides-provisional': ['本店待复核的对码不再使用，请在三码映射里复核', 'hides what was learnt here and is not reviewed yet: review it'],
}
const OUTCOMES: Readonly<Record<ImportedLine['outcome'], Words>> = {
  new: ['新', 'new'],
  changed: ['改', 'changed'],
  unchanged: ['同', 'same'],
  refused: ['拒', 'refused'],
}

const inWords = (line: ImportedLine, language: Language): string => {
  const why = line.refusal !== null ? pick(REFUSALS[line.refusal], language) : line.notice !== null ? pick(NOTICES[line.notice], language) : ''
  const others = line.others.length === 0 ? '' : ` (${line.others.join(', ')})`
  return `${say(language, `第 ${line.line} 行`, `line ${line.line}`)} ${pick(OUTCOMES[line.outcome], language)} ${line.kind} ${line.value}${why === '' ? '' : ` · ${why}`}${others}\n`
}

const MOST_IN_WORDS = 500

const tellReport = (terminal: Terminal, report: ImportReport, language: Language): void => {
  terminal.out(`${JSON.stringify(report, null, 1)}\n`)
  // What asks for a person comes before what merely came in.
  const told = [
    ...report.lines.filter((line) => line.refusal !== null || line.notice !== null),
    ...report.lines.filter((line) => line.refusal === null && line.notice === null),
  ]
  for (const line of told.slice(0, MOST_IN_WORDS)) terminal.err(inWords(line, language))
  if (told.length > MOST_IN_WORDS)
    terminal.err(say(language, `另有 ${told.length - MOST_IN_WORDS} 行见 JSON\n`, `and ${told.length - MOST_IN_WORDS} more lines in the JSON\n`))
  const counts = say(
    language,
    `新 ${report.new} · 改 ${report.changed} · 同 ${report.unchanged} · 拒 ${report.refused}`,
    `new ${report.new} · changed ${report.changed} · unchanged ${report.unchanged} · refused ${report.refused}`,
  )
  terminal.err(`${counts} · ${report.taken ? say(language, '已导入', 'imported') : say(language, '没有写入任何一条', 'nothing was written')}\n`)
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)

/** A file of links into the shop's map. 1 when a line was refused, whether or not the rest was taken. */
export const runMapImport = async (terminal: Terminal, file: string, options: MapImportOptions): Promise<ExitCode> => {
  const bytes = readListFile(terminal, file, LARGEST_IMPORT, 'map.file-invalid', (size) => `${megabytes(size)} MB > ${megabytes(LARGEST_IMPORT)} MB`)
  return atTheShop(terminal, options, (shop, caller) => {
    const report = importLinks(shop.house, caller, bytes, { ...options, fileName: path.basename(file) })
    tellReport(terminal, report, options.lang)
    return report.refused > 0 ? EXIT.otherwise : EXIT.done
  })
}
