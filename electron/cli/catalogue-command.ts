import { AppError } from '../contract/index.ts'
import type { BusinessDate, CatalogueState } from '../contract/index.ts'
import { catalogueDetail, catalogueState } from '../core/catalogue/catalogue-view.ts'
import type { FileList } from '../core/catalogue/lists.ts'
import { FILE_LISTS } from '../core/catalogue/lists.ts'
import { importArchive, updateCatalogue } from '../core/catalogue/update-catalogue.ts'
import { today } from '../core/now.ts'
import { operatorOf } from '../core/person/read-person.ts'
import type { Caller } from '../core/house.ts'
import { instantToLocal } from '../domain/calendar.ts'
import { nameOf } from '../domain/sentences/names.ts'
import { atTheShop } from './at-the-shop.ts'
import type { AtShopOptions } from './at-the-shop.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { sentenceLine } from './tell-error.ts'
import { fileFrom, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export type CatalogueOptions = AtShopOptions

const onlyPharmacists = (caller: Caller): void => {
  if (caller.role === 'cashier') throw new AppError('session.forbidden', 'the catalogue is updated by pharmacists', { needs: 'pharmacist' })
}

/** Asks until nothing is newer. What each list brought is the JSON on stdout; 1 when a list was not updated. */
export const runCatalogueUpdate = (terminal: Terminal, options: CatalogueOptions & { readonly acceptShrinking: boolean }): Promise<ExitCode> =>
  atTheShop(terminal, options, async ({ house }, caller) => {
    onlyPharmacists(caller)
    const updates = await updateCatalogue(house, caller.staffId, operatorOf(caller), { acceptShrinking: options.acceptShrinking })
    terminal.out(`${JSON.stringify(updates, null, 1)}\n`)
    for (const { list, taken, error } of updates) {
      const sum = (of: 'new' | 'changed' | 'withdrawn'): number => taken.reduce((all, report) => all + report[of], 0)
      const name = `${list} ${nameOf('catalogueList', list, options.lang)}`
      if (taken.length > 0) terminal.err(say(options.lang, `${name}：新增 ${sum('new')}，变更 ${sum('changed')}，其中作废 ${sum('withdrawn')}，版本 ${taken.at(-1)?.version}\n`, `${name}: ${sum('new')} new, ${sum('changed')} changed, ${sum('withdrawn')} of them withdrawn, version ${taken.at(-1)?.version}\n`))
      else if (error === null) terminal.err(say(options.lang, `${name}：已是最新\n`, `${name}: nothing newer\n`))
      if (error !== null) terminal.err(`${name}: ${sentenceLine(error.code, error.detail, options.lang)}\n`)
    }
    return updates.some(({ error }) => error !== null) ? EXIT.otherwise : EXIT.done
  })

const isFileList = (list: string): list is FileList => (FILE_LISTS as readonly string[]).includes(list)

/** An archive that was brought on a disk. Its report is the JSON on stdout. Errors file.broken, catalogue.refused. */
export const runCatalogueImport = (terminal: Terminal, file: string, options: CatalogueOptions & { readonly list: string; readonly acceptShrinking: boolean }): Promise<ExitCode> =>
  atTheShop(terminal, options, async ({ house }, caller) => {
    onlyPharmacists(caller)
    const { list } = options
    if (!isFileList(list)) throw new AppError('catalogue.refused', 'this list does not come as a file', { list })
    const report = await importArchive(house, caller.staffId, list, fileFrom(terminal, file), options.acceptShrinking)
    terminal.out(`${JSON.stringify(report, null, 1)}\n`)
    terminal.err(say(options.lang, `读入 ${report.read} 行：新增 ${report.new}，变更 ${report.changed}；现有 ${report.rows} 条，有效 ${report.validRows}\n`, `${report.read} rows: ${report.new} new, ${report.changed} changed; ${report.rows} here, ${report.validRows} valid\n`))
    return EXIT.done
  })

/** All that is said of a code on a day, as JSON. Errors catalogue.none, catalogue.item-not-found. */
export const runCatalogueShow = (terminal: Terminal, code: string, options: CatalogueOptions & { readonly on?: BusinessDate }): Promise<ExitCode> =>
  atTheShop(terminal, options, ({ house }) => {
    const detail = catalogueDetail(house, code.trim(), options.on ?? today(house))
    terminal.out(`${JSON.stringify(detail, null, 1)}\n`)
    const holds = detail.records[0]?.holds === true
    terminal.err(say(options.lang, `${detail.name}：${detail.on} ${holds ? '有效' : '无效'}\n`, `${detail.name}: ${holds ? 'holds' : 'does not hold'} on ${detail.on}\n`))
    return holds ? EXIT.done : EXIT.otherwise
  })

const age = (state: CatalogueState, options: CatalogueOptions): string =>
  state.madeAt === null ? say(options.lang, '本机没有医保目录\n', 'no catalogue is here\n') : say(options.lang, `第 ${String(state.generation)} 版，${instantToLocal(state.madeAt)} 起使用\n`, `generation ${String(state.generation)}, in use since ${instantToLocal(state.madeAt)}\n`)

/** Version, rows and age of each list, as JSON; 1 when there is no catalogue. */
export const runCatalogueStatus = (terminal: Terminal, options: CatalogueOptions): Promise<ExitCode> =>
  atTheShop(terminal, options, ({ house }) => {
    const state = catalogueState(house, 10)
    terminal.out(`${JSON.stringify(state, null, 1)}\n`)
    terminal.err(age(state, options))
    for (const { list, version, validRows, askedAt } of state.lists) {
      const asked = askedAt === null ? say(options.lang, '从未更新', 'never updated') : instantToLocal(askedAt)
      terminal.err(`${list} ${nameOf('catalogueList', list, options.lang)}  ${version === '' ? '–' : version}  ${validRows}  ${asked}\n`)
    }
    return state.generation === null ? EXIT.otherwise : EXIT.done
  })
