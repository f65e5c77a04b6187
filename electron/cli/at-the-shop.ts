import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { ErrorCode } from '../contract/index.ts'
import { AppError } from '../contract/index.ts'
import type { Caller } from '../core/house.ts'
import type { Language } from '../domain/sentences/names.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { openShop, pinOf } from './open-shop.ts'
import type { Shop } from './open-shop.ts'
import { hasShop, readProfile } from './shop-place.ts'
import { fileFrom, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface AtShopOptions {
  readonly data: string
  readonly staff: string
  readonly lang: Language
  /** Left out: practice, and nobody is asked anything. */
  readonly profile?: string
  readonly platform?: string
}

/** Opens a shop that is there already, in the name of a member of staff, and closes it again. Errors session.*, database.*. */
export const atTheShop = async (terminal: Terminal, { data, staff, lang, ...place }: AtShopOptions, work: (shop: Shop, caller: Caller) => ExitCode | Promise<ExitCode>): Promise<ExitCode> => {
  const dataFolder = fileFrom(terminal, data)
  if (!hasShop(dataFolder)) {
    terminal.err(say(lang, `这里没有门店数据：${dataFolder}\n`, `no shop's data here: ${dataFolder}\n`))
    return EXIT.usage
  }
  const pin = pinOf(staff, terminal.environment)
  if (pin === null) throw new AppError('session.required', 'the PIN of this member of staff belongs into the environment variable YAOGUI_PIN')
  const shop = await openShop({ dataFolder, profile: readProfile(terminal, place), demoShop: false, outboxEveryMs: null })
  try {
    const { staffId, name, role } = await shop.signIn(staff, pin)
    return await work(shop, { staffId, staffName: name, role })
  } finally {
    await shop.close()
  }
}

/** A list handed over as a file. `code`: what is said of one that is missing or larger than `largest` bytes. */
export const readListFile = (terminal: Terminal, file: string, largest: number, code: ErrorCode, tooLarge: (bytes: number) => string): Uint8Array => {
  const full = fileFrom(terminal, file)
  const size = statSync(full, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new AppError(code, `no such file: ${full}`, { problem: path.basename(full) })
  if (size > largest) throw new AppError(code, 'too large', { problem: tooLarge(size) })
  return readFileSync(full)
}
