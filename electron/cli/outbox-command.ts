import { AppError } from '../contract/index.ts'
import type { BusinessDate, OutboxItem } from '../contract/index.ts'
import { instantToLocal } from '../domain/calendar.ts'
import type { Language } from '../domain/sentences/names.ts'
import { nameOf } from '../domain/sentences/names.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { openShop, pinOf } from './open-shop.ts'
import { hasShop, readProfile } from './shop-place.ts'
import type { PlaceOptions } from './shop-place.ts'
import { sentenceLine } from './tell-error.ts'
import { fileFrom, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface OutboxOptions extends PlaceOptions {
  readonly data: string
  readonly staff: string
  readonly lang: Language
}
export interface ListOptions extends OutboxOptions {
  readonly all: boolean
}
export interface RetryOptions extends OutboxOptions {
  readonly manufacturedOn?: BusinessDate
}

const ALL = ['pending', 'leased', 'done', 'parked'] as const

const describe = (item: OutboxItem, language: Language): string =>
  `${nameOf('outboxStatus', item.status, language)} ${nameOf('outboxKind', item.kind, language)} ${item.receiptNumber} ${item.subject} ${instantToLocal(item.createdAt)}${item.error === null ? '' : `\n    ${sentenceLine(item.error.code, item.error.detail, language)}`}\n`

const withShop = async (terminal: Terminal, options: OutboxOptions, act: (client: CoreClient) => Promise<ExitCode>): Promise<ExitCode> => {
  const dataFolder = fileFrom(terminal, options.data)
  if (!hasShop(dataFolder)) {
    terminal.err(say(options.lang, `这里没有门店数据：${dataFolder}\n`, `no shop's data here: ${dataFolder}\n`))
    return EXIT.usage
  }
  const pin = pinOf(options.staff, terminal.environment)
  if (pin === null) throw new AppError('session.required', 'the PIN of this member of staff belongs into the environment variable YAOGUI_PIN')
  const shop = await openShop({ dataFolder, profile: readProfile(terminal, options), demoShop: false, outboxEveryMs: null })
  try {
    await shop.signIn(options.staff, pin)
    return await act(shop.client)
  } finally {
    await shop.close()
  }
}

/** What waits and what is parked, as JSON; the same in words on stderr. */
export const runOutboxList = (terminal: Terminal, options: ListOptions): Promise<ExitCode> =>
  withShop(terminal, options, async (client) => {
    const items = await client.query('outbox.listItems', { limit: 1000, ...(options.all ? { statuses: [...ALL] } : {}) })
    terminal.out(`${JSON.stringify(items, null, 1)}\n`)
    for (const item of items) terminal.err(describe(item, options.lang))
    terminal.err(say(options.lang, `共 ${items.length} 条\n`, `${items.length} items\n`))
    return EXIT.done
  })

/** One item, or every parked one that only has to be asked again; what asks for a value is named and left alone. */
const chosen = async (client: CoreClient, id: string | undefined): Promise<readonly OutboxItem[]> => {
  if (id === undefined) return (await client.query('outbox.listItems', { statuses: ['parked'], limit: 1000 })).filter((item) => item.repair === 'retry')
  const item = (await client.query('outbox.listItems', { statuses: [...ALL], limit: 1000 })).find(({ outboxId }) => outboxId === id)
  if (item === undefined) throw new AppError('outbox.not-found', 'no such outbox item', { outboxId: id })
  return [item]
}

/** Puts parked items back and, when a platform is given, sends what is due. The items as they are afterwards are the JSON on stdout; 1 when one is parked again. */
export const runOutboxRetry = (terminal: Terminal, id: string | undefined, options: RetryOptions): Promise<ExitCode> =>
  withShop(terminal, options, async (client) => {
    const items = await chosen(client, id)
    for (const { outboxId } of items) await client.command('outbox.retryItem', { outboxId, lotManufacturedOn: options.manufacturedOn ?? null })
    if (options.platform !== undefined) await client.command('outbox.runNow', {})
    const asked = new Set(items.map((item) => item.outboxId))
    const after = (await client.query('outbox.listItems', { statuses: [...ALL], limit: 1000 })).filter((item) => asked.has(item.outboxId))
    terminal.out(`${JSON.stringify(after, null, 1)}\n`)
    for (const item of after) terminal.err(describe(item, options.lang))
    if (options.platform === undefined && after.length > 0)
      terminal.err(say(options.lang, '已放回队列，下次开机时上传；现在就传请加 --platform\n', 'put back; sent when the till runs, or now with --platform\n'))
    return after.some((item) => item.status === 'parked') ? EXIT.otherwise : EXIT.done
  })
