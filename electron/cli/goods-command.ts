import { readFileSync, statSync } from 'node:fs'
import { AppError, MAX_PAPER_CHARS } from '../contract/index.ts'
import type { PaperNote } from '../contract/index.ts'
import type { Language } from '../domain/sentences/names.ts'
import { sentence } from '../domain/sentences/sentence.ts'
import { atTheShop } from './at-the-shop.ts'
import type { AtShopOptions } from './at-the-shop.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { fileFrom, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

/** Four bytes a character at most. */
const LARGEST = MAX_PAPER_CHARS * 4

/** Wholesalers' spreadsheets still write GB 18030. */
const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const readText = async (terminal: Terminal, file: string): Promise<string> => {
  if (file === '-') return terminal.stdin()
  const full = fileFrom(terminal, file)
  const size = statSync(full, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new AppError('script.invalid', `no such file: ${full}`, { problem: full })
  if (size > LARGEST) throw new AppError('rpc.too-large', 'the paper does not fit one message', { limit: MAX_PAPER_CHARS })
  return decode(readFileSync(full))
}

const inWords = ({ line, problem, detail }: PaperNote, language: Language): string => {
  const { word, text, action } = sentence('paper', problem, detail, language)
  const where = line === null ? '' : say(language, `第 ${line} 行 `, `line ${line}: `)
  return `${where}【${word}】${text} · ${action}\n`
}

/** A supplier's paper into the shop. What became of it as JSON on stdout, the notes in words on stderr; 1 when it was refused. */
export const runGoodsImport = async (terminal: Terminal, file: string, options: AtShopOptions): Promise<ExitCode> => {
  const text = await readText(terminal, file)
  if (text.length > MAX_PAPER_CHARS) throw new AppError('rpc.too-large', 'the paper does not fit one message', { limit: MAX_PAPER_CHARS })
  return atTheShop(terminal, options, async (shop) => {
    const imported = await shop.client.command('goods.importDelivery', { text })
    const { outcome, delivery, notes, noteCount } = imported
    terminal.out(`${JSON.stringify(imported, null, 1)}\n`)
    for (const note of notes) terminal.err(inWords(note, options.lang))
    if (noteCount > notes.length) terminal.err(say(options.lang, `… 共 ${noteCount} 条\n`, `… ${noteCount} notes\n`))
    if (outcome === 'refused') terminal.err(say(options.lang, '没有导入任何内容\n', 'nothing was imported\n'))
    else if (delivery !== null)
      terminal.err(
        outcome === 'known'
          ? say(options.lang, `${delivery.documentNumber} 以前导入过，已收 ${delivery.received}/${delivery.expected} 盒\n`, `${delivery.documentNumber} was imported before; ${delivery.received} of ${delivery.expected} packs received\n`)
          : say(options.lang, `${delivery.documentNumber} 已导入，${delivery.expected} 盒待收\n`, `${delivery.documentNumber} imported, ${delivery.expected} packs to come\n`),
      )
    return outcome === 'refused' ? EXIT.otherwise : EXIT.done
  })
}
