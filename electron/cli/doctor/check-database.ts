import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError, isAppError } from '../../contract/index.ts'
import { verifyChain } from '../../core/audit/audit-log.ts'
import { APP_VERSION, databaseFile } from '../../core/core.ts'
import type { ReadableDb } from '../../core/db/database.ts'
import { asDatabaseError } from '../../core/db/database-errors.ts'
import { lockDatabase } from '../../core/db/folder-lock.ts'
import { keyFromFile } from '../../core/db/key-file.ts'
import { readMigrations } from '../../core/db/migrate.ts'
import { openDatabase, openForReading } from '../../core/db/open-database.ts'
import { outboxCounts } from '../../core/outbox/outbox-store.ts'
import { lotsOutOfBalance } from '../../core/stock/move-stock.ts'
import { keyFile } from '../open-shop.ts'
import { sentenceLine } from '../tell-error.ts'
import { fail, ok, warn } from './finding.ts'
import type { Finding } from './finding.ts'

const MIGRATIONS = path.join(import.meta.dirname, '../../../migrations')

const told = (check: string, error: AppError): Finding =>
  fail(check, sentenceLine(error.code, error.detail, 'zh'), `${sentenceLine(error.code, error.detail, 'en')} (${error.message})`)

const megabytes = (file: string): string => (statSync(file).size / 1_048_576).toFixed(1)

const isInUse = (file: string): boolean => {
  try {
    lockDatabase(file).release()
    return false
  } catch (error) {
    if (isAppError(error) && error.code === 'database.locked') return true
    throw error
  }
}

const checkMigrations = (db: ReadableDb): Finding => {
  const known = readMigrations(MIGRATIONS)
  const applied = db.prepare(`select version, name, sha256 from schema_migration order by version`).all() as { version: number; name: string; sha256: string }[]
  const edited = applied.find((row) => known.some((migration) => migration.version === row.version && migration.sha256 !== row.sha256))
  const newer = applied.find((row) => !known.some((migration) => migration.version === row.version))
  const pending = known.filter((migration) => !applied.some((row) => row.version === migration.version))
  if (edited !== undefined) return told('migrations', new AppError('database.migration-edited', edited.name, { name: edited.name }))
  if (newer !== undefined)
    return told('migrations', new AppError('database.from-future', newer.name, { found: newer.version, known: known.at(-1)?.version ?? 0 }))
  if (pending.length > 0)
    return warn(
      'migrations',
      `还有 ${pending.length} 个结构变更，下次开机时执行（先自动备份）`,
      `${pending.length} changes of the schema are due at the next start (a copy is made first)`,
    )
  return ok(
    'migrations',
    `结构版本 ${applied.at(-1)?.version ?? 0}，${applied.length} 个变更与程序一致`,
    `schema ${applied.at(-1)?.version ?? 0}, ${applied.length} migrations as the program knows them`,
  )
}

const checkQuickly = (db: ReadableDb): Finding => {
  const found = db.prepare('pragma quick_check(5)').pluck().all() as string[]
  return found[0] === 'ok'
    ? ok('quick-check', '页面与索引完好', 'pages and indexes are sound')
    : told('quick-check', new AppError('database.corrupt', found.join('; ')))
}

const checkAudit = (db: ReadableDb): Finding => {
  const { intact, rows, brokenAt } = verifyChain(db)
  return intact
    ? ok('audit', `审计日志 ${rows} 条，哈希链完整`, `audit log of ${rows} rows, the chain is intact`)
    : fail(
        'audit',
        `审计日志第 ${brokenAt ?? '?'} 条起与哈希不符：有人绕过程序改过数据，请保留现场并联系维护人员`,
        `the audit log breaks at row ${brokenAt ?? '?'}: someone changed data past the program; keep everything as it is and call support`,
      )
}

const checkStock = (db: ReadableDb): Finding => {
  const differing = lotsOutOfBalance(db).length
  return differing === 0
    ? ok('stock', '每个批号的库存等于其出入库之和', 'the stock of every lot is the sum of its movements')
    : fail(
        'stock',
        `${differing} 个批号的库存与出入库之和不符：请盘点并联系维护人员`,
        `${differing} lots do not hold the sum of their movements: count them and call support`,
      )
}

const checkOutbox = (db: ReadableDb): Finding => {
  const { waiting, parked } = outboxCounts(db)
  return parked === 0
    ? ok('outbox', `待上传 ${waiting}，待处理 0`, `${waiting} uploads wait, none needs a person`)
    : warn('outbox', `待上传 ${waiting}，${parked} 条要人处理：yaogui outbox list`, `${waiting} uploads wait, ${parked} need a person: yaogui outbox list`)
}

/** What core asserts of every connection it opens (performance.md §1). Opens as core does, only where nothing would be migrated. */
const checkDurability = (file: string, key: Uint8Array): Finding => {
  const db = openDatabase({ file, key, migrationsFolder: MIGRATIONS, clock: Date.now, appVersion: APP_VERSION, leavesNoTrace: true })
  try {
    const synchronous: unknown = db.pragma('synchronous', { simple: true })
    const journal: unknown = db.pragma('journal_mode', { simple: true })
    return synchronous === 2 && journal === 'wal'
      ? ok('durability', '每次提交都落盘（WAL，synchronous=2）', 'every commit reaches the disk (WAL, synchronous=2)')
      : fail(
          'durability',
          `synchronous=${String(synchronous)}，${String(journal)}：断电会丢失已确认的销售`,
          `synchronous=${String(synchronous)}, ${String(journal)}: a power cut would lose acknowledged sales`,
        )
  } finally {
    db.close()
  }
}

/** The shop's database, looked at without changing it: beside a running till from outside, else as core would open it. */
export const checkDatabase = (dataFolder: string): readonly Finding[] => {
  const file = databaseFile(dataFolder)
  if (!existsSync(file)) return [warn('database', `还没有数据库：${file}，第一次开机时建立`, `no database yet: ${file} is made at the first start`)]
  const findings: Finding[] = []
  const look = (check: string, check1: () => Finding): void => {
    try {
      findings.push(check1())
    } catch (thrown) {
      const error = asDatabaseError(thrown)
      findings.push(isAppError(error) ? told(check, error) : fail(check, `无法检查：${String(error)}`, `could not be checked: ${String(error)}`))
    }
  }
  let db: ReturnType<typeof openForReading> | null = null
  let key: Uint8Array | null = null
  look('database', () => {
    key = keyFromFile(keyFile(dataFolder), file)
    db = openForReading(file, key)
    return ok('database', `${file}，${megabytes(file)} MB，能解密打开`, `${file}, ${megabytes(file)} MB, opens with its key`)
  })
  const [opened, openedWith] = [db as ReturnType<typeof openForReading> | null, key as Uint8Array | null]
  if (opened === null || openedWith === null) return findings
  try {
    look('quick-check', () => checkQuickly(opened))
    look('migrations', () => checkMigrations(opened))
    look('audit', () => checkAudit(opened))
    look('stock', () => checkStock(opened))
    look('outbox', () => checkOutbox(opened))
  } finally {
    opened.close()
  }
  if (isInUse(file))
    findings.push(
      warn(
        'durability',
        '收银台正在使用这个数据库：从旁检查，落盘设置由收银台启动时自查',
        'a till works with this database: looked at from beside; the till itself asserts how commits are kept',
      ),
    )
  else if (findings.every((finding) => finding.level === 'ok' || finding.check === 'outbox')) look('durability', () => checkDurability(file, openedWith))
  else findings.push(warn('durability', '上面有问题，未按收银台的方式打开', 'not opened as the till does, because of the above'))
  return findings
}
