import { accessSync, constants, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { issuerRulesFile, readIssuerRules } from '../../core/trace/issuer-rules-file.ts'
import { keyFile, receiptsFolder } from '../open-shop.ts'
import { fail, ok, warn } from './finding.ts'
import type { Finding } from './finding.ts'

const ROOT = path.join(import.meta.dirname, '../../..')

const isWritable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const checkFolder = (dataFolder: string): Finding => {
  if (!existsSync(dataFolder)) return warn('data', `数据目录还不存在：${dataFolder}`, `the data folder does not exist yet: ${dataFolder}`)
  return isWritable(dataFolder)
    ? ok('data', `数据目录可写：${dataFolder}`, `data folder, writable: ${dataFolder}`)
    : fail('data', `数据目录不能写：${dataFolder}`, `the data folder cannot be written: ${dataFolder}`)
}

/** Whoever reads the key file reads the shop. */
const checkKey = (dataFolder: string): Finding => {
  const file = keyFile(dataFolder)
  if (!existsSync(file))
    return warn('key', `还没有密钥文件：${file}（Electron 版由系统钥匙串保管）`, `no key file yet: ${file} (in Electron the system's keystore has it)`)
  const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  return open
    ? fail('key', `密钥文件别人也能读：chmod 600 ${file}`, `others can read the key file: chmod 600 ${file}`)
    : ok('key', `密钥文件只有本人能读：${file}`, `key file, its owner's alone: ${file}`)
}

const checkReceipts = (dataFolder: string): Finding => {
  const folder = receiptsFolder(dataFolder)
  return !existsSync(folder) || isWritable(folder)
    ? ok('receipts', `小票以 ESC/POS 写入：${folder}`, `receipts go as ESC/POS to ${folder}`)
    : fail('receipts', `小票目录不能写：${folder}`, `the receipts folder cannot be written: ${folder}`)
}

/** Makers' own codes: a wrong file is not used at all, and somebody should know. */
const checkIssuerRules = (dataFolder: string): readonly Finding[] => {
  const file = issuerRulesFile(dataFolder)
  const read = readIssuerRules(file)
  if (read === null) return []
  if ('errors' in read) return [fail('issuer-rules', `发码规则文件有误，没有采用：${file}；${read.errors[0] ?? ''}`, `the rule file is wrong and not used: ${file}; ${read.errors[0] ?? ''}`)]
  return [ok('issuer-rules', `发码规则 ${read.rules.compiled.length} 条：${file}`, `${read.rules.compiled.length} rules of issuers: ${file}`)]
}

export const checkPaths = (dataFolder: string): readonly Finding[] => [
  ok('program', `程序：${path.resolve(ROOT)}`, `program: ${path.resolve(ROOT)}`),
  checkFolder(dataFolder),
  checkKey(dataFolder),
  checkReceipts(dataFolder),
  ...checkIssuerRules(dataFolder),
]
