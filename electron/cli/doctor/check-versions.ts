import Database from 'better-sqlite3'
import { APP_VERSION } from '../../core/core.ts'
import { fail, ok } from './finding.ts'
import type { Finding } from './finding.ts'

const NODE_MAJOR = 24

const read = (sql: string, db: Database.Database): string => String(db.prepare(sql).pluck().get())

/** The program, its Node, and whether SQLite is the build that encrypts. */
export const checkVersions = (): readonly Finding[] => {
  const node = process.versions.node
  const db = new Database(':memory:')
  try {
    const cipher: unknown = db.pragma('cipher', { simple: true })
    const sqlite = read('select sqlite_version()', db)
    return [
      ok('app', `药柜 ${APP_VERSION}`, `Yaogui ${APP_VERSION}`),
      Number(node.split('.')[0]) === NODE_MAJOR
        ? ok('node', `Node ${node}`, `Node ${node}`)
        : fail('node', `Node ${node}，需要 ${NODE_MAJOR}：请用 npm run yaogui 启动`, `Node ${node}, ${NODE_MAJOR} is needed: start by npm run yaogui`),
      ok('sqlite', `SQLite ${sqlite}`, `SQLite ${sqlite}`),
      typeof cipher === 'string'
        ? ok('cipher', '加密版本在用，数据库按 AEGIS 加密', 'the encrypting build is there, the database is kept in AEGIS')
        : fail('cipher', 'SQLite 不是加密版本：数据会以明文落盘，请重新安装', 'SQLite is not the encrypting build: data would be kept in clear, install again'),
    ]
  } finally {
    db.close()
  }
}
