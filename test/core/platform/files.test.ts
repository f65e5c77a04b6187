import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Operator } from '../../../electron/core/platform/client.ts'
import { readZipRows, writeZipRows } from '../../../electron/core/files/zip-rows.ts'
import { withEndpoint } from '../../../electron/core/platform/profile-file.ts'
import { RegionProfile } from '../../../electron/core/platform/profile.ts'
import type { FaultPlan } from '../../../electron/practice/fault-plan.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { openTill, practiceProfile } from './platform-double.ts'

const operator: Operator = { operatorId: 'C01', operatorName: '练习员' }
type Files = Partial<RegionProfile['files']>
const withFiles = (change: Files, more: Partial<RegionProfile> = {}) => (profile: RegionProfile): RegionProfile =>
  RegionProfile.parse({ ...profile, ...more, files: { ...profile.files, ...change } })

const meet = async (files: Files = {}, province: PracticeProfileInput = {}, faults: FaultPlan = {}) => {
  const practice = await startPractice({ clock: () => NINE_OCLOCK, profile: province, faults })
  const till = openTill(practice.url, withFiles(files))
  onTestFinished(() => practice.close())
  return { practice, ...till, folder: temporaryFolder() }
}

const ROWS = Array.from({ length: 500 }, (_, index) => [`行${index}`, index % 2 === 0 ? null : '值'])
const written = async (folder: string, name = 'detail.zip'): Promise<string> => {
  const file = path.join(folder, name)
  await writeZipRows(file, 'detail.txt', ROWS)
  return file
}
const rowsIn = async (file: string): Promise<unknown[]> => {
  const rows: unknown[] = []
  for await (const row of readZipRows(file, { columns: 2 })) rows.push(row)
  return rows
}

describe('a file that is sent and fetched again', () => {
  it.each<[string, Files, PracticeProfileInput]>([
    ['as signed bytes inside JSON', { upload: 'json-bytes', bytesAs: 'signed' }, { files: { upload: 'json' } }],
    ['as unsigned bytes inside JSON', { upload: 'json-bytes', bytesAs: 'unsigned' }, { files: { upload: 'json' } }],
    ['as Base64 inside JSON', { upload: 'json-bytes', bytesAs: 'base64' }, { files: { upload: 'json' } }],
    ['as a form', { upload: 'multipart' }, { files: { upload: 'form' } }],
    ['as a form with other names', { upload: 'multipart', formMessagePart: 'data', formFilePart: 'in' }, { files: { upload: 'form', formMessagePart: 'data', formFilePart: 'in' } }],
  ])('%s is the same file, byte for byte', async (_name, files, province) => {
    const { client, folder } = await meet(files, province)
    const file = await written(folder)
    const sent = await client.files.upload(operator, { fileName: 'detail.zip', path: file })
    expect(sent).toMatchObject({ kind: 'answered', value: { fileQueryNumber: expect.stringMatching(/^FQ\d{20}$/) } })
    if (sent.kind !== 'answered') return
    const back = path.join(folder, 'back.zip')
    const fetched = await client.files.download(operator, { ...sent.value, fileName: 'detail.zip', catalogue: false }, back)
    expect(fetched).toMatchObject({ kind: 'answered', value: { bytes: statSync(file).size } })
    expect(readFileSync(back)).toEqual(readFileSync(file))
    expect(await rowsIn(back)).toEqual(ROWS)
    expect(existsSync(`${back}.part`)).toBe(false)
  })

  it('is refused by a province that takes it in the other way only', async () => {
    const { client, folder } = await meet({ upload: 'multipart' }, { files: { upload: 'json' } })
    expect(await client.files.upload(operator, { fileName: 'detail.zip', path: await written(folder) })).toMatchObject({ kind: expect.stringMatching(/not-sent|unknown/) })
  })

  it('is not sent at all when it is larger than the profile allows', async () => {
    const { client, folder, practice } = await meet({ maxJsonBytes: 1_000 })
    const file = await written(folder)
    expect(await client.files.upload(operator, { fileName: 'detail.zip', path: file })).toMatchObject({ kind: 'not-sent', code: 'platform.invalid-request', detail: { problem: 'file-too-large' } })
    expect(practice.books.messages()).toHaveLength(0)
  })

  it('is refused when it is no archive', async () => {
    const { client, folder } = await meet()
    const file = path.join(folder, 'words.zip')
    writeFileSync(file, '1\t2\n')
    expect(await client.files.upload(operator, { fileName: 'words.zip', path: file })).toMatchObject({ kind: 'refused', detail: { text: expect.stringContaining('ZIP') } })
  })

  it('leaves nothing of what was in it in the log', async () => {
    const { client, folder, log } = await meet({ bytesAs: 'base64' })
    const file = await written(folder)
    await client.files.upload(operator, { fileName: 'detail.zip', path: file })
    expect(log()).toContain('"infno":"9101"')
    expect(log()).not.toContain(readFileSync(file).toString('base64').slice(0, 40))
  })
})

describe('a file that cannot be had', () => {
  it('is a refusal with the province’s words when the number is unknown, although octets were asked for', async () => {
    const { client, folder } = await meet()
    const target = path.join(folder, 'none.zip')
    expect(await client.files.download(operator, { fileQueryNumber: 'FQ0', fileName: 'none.zip', catalogue: false }, target)).toMatchObject({ kind: 'refused', detail: { text: '文件不存在' } })
    expect(existsSync(target) || existsSync(`${target}.part`)).toBe(false)
  })

  it.each<[string, FaultPlan, object]>([
    ['answers late', { rules: [{ infno: '9102', action: { kind: 'delay', ms: 5_000 } }] }, { kind: 'unknown', code: 'platform.timeout' }],
    ['breaks the line before an answer', { rules: [{ infno: '9102', action: { kind: 'lose-before-booking' } }] }, { kind: 'unknown', code: 'platform.timeout' }],
    ['breaks the line in the middle of the file', { rules: [{ infno: '9102', action: { kind: 'close-mid-body' } }] }, { kind: 'unknown' }],
    ['answers HTML', { rules: [{ infno: '9102', action: { kind: 'garble', how: 'html' } }] }, { kind: 'unknown', code: 'platform.unexpected-answer' }],
    ['answers nothing', { rules: [{ infno: '9102', action: { kind: 'garble', how: 'empty' } }] }, { kind: 'unknown', code: 'platform.unexpected-answer' }],
    ['says 500', { rules: [{ infno: '9102', action: { kind: 'http-status', status: 500 } }] }, { kind: 'unknown', code: 'platform.unexpected-answer' }],
    ['refuses the signature', { rules: [{ infno: '9102', action: { kind: 'gateway', which: 'signature' } }] }, { kind: 'not-sent', code: 'platform.gateway' }],
  ])('is not there when the platform %s, and can be asked for again', async (_name, faults, ending) => {
    const { client, folder, practice } = await meet({ stallMs: 400 })
    const file = await written(folder)
    const sent = await client.files.upload(operator, { fileName: 'detail.zip', path: file })
    if (sent.kind !== 'answered') throw new Error('not uploaded')
    const wanted = { ...sent.value, fileName: 'detail.zip', catalogue: false }
    const target = path.join(folder, 'back.zip')
    practice.setFaults(faults)
    expect(await client.files.download(operator, wanted, target)).toMatchObject(ending)
    expect(existsSync(target) || existsSync(`${target}.part`)).toBe(false)
    practice.setFaults({})
    expect(await client.files.download(operator, wanted, target)).toMatchObject({ kind: 'answered' })
    expect(readFileSync(target)).toEqual(readFileSync(file))
  })

  it('cut short where it was made, but sent whole, is found by whoever reads it', async () => {
    const { client, folder, practice } = await meet()
    const sent = await client.files.upload(operator, { fileName: 'detail.zip', path: await written(folder) })
    if (sent.kind !== 'answered') throw new Error('not uploaded')
    practice.setFaults({ rules: [{ infno: '9102', action: { kind: 'garble', how: 'truncated' } }] })
    const target = path.join(folder, 'back.zip')
    expect(await client.files.download(operator, { ...sent.value, fileName: 'detail.zip', catalogue: false }, target)).toMatchObject({ kind: 'answered' })
    await expect(rowsIn(target)).rejects.toMatchObject({ code: 'file.broken', detail: { reason: 'not-a-zip' } })
  })

  it('of another institution is not given out', async () => {
    const { client, folder, practice } = await meet()
    const sent = await client.files.upload(operator, { fileName: 'detail.zip', path: await written(folder) })
    if (sent.kind !== 'answered') throw new Error('not uploaded')
    const other = openTill(practice.url, (profile) => ({ ...profile, institution: { code: 'P99999900002', name: '练习隔壁药店' } }))
    expect(await other.client.files.download(operator, { ...sent.value, fileName: 'detail.zip', catalogue: false }, path.join(folder, 'x.zip'))).toMatchObject({ kind: 'refused', detail: { text: '文件不存在' } })
  })
})

/** A bare server for what no province plays: knows nothing of the client. */
const bareServer = async (answer: (request: IncomingMessage, body: string, response: ServerResponse) => void): Promise<string> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      if (body.includes('"infno":"9001"')) response.end(JSON.stringify({ infcode: 0, output: { signinoutb: { sign_no: '1', sign_time: '2026-11-21 09:00:00' } } }))
      else answer(request, body, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/csb`
}
const wanted = { fileQueryNumber: 'FQ1', fileName: '1301.zip', catalogue: true }

describe('9102 on the wire', () => {
  const asked = async (files: Files, catalogue: boolean): Promise<unknown> => {
    let input: unknown
    const url = await bareServer((_request, body, response) => {
      input = (JSON.parse(body) as { input: unknown }).input
      response.end(JSON.stringify({ infcode: '-1', err_msg: '文件不存在' }))
    })
    await openTill(url, withFiles(files)).client.files.download(operator, { ...wanted, catalogue }, path.join(temporaryFolder(), 'x.zip'))
    return input
  }
  it('carries the constant of the catalogue centre where the profile says, and only for catalogues', async () => {
    const own = practiceProfile().institution.code
    expect(await asked({}, true)).toEqual({ fsDownloadIn: { file_qury_no: 'FQ1', filename: '1301.zip', fixmedins_code: 'plc' } })
    expect(await asked({ catalogueField: 'filename' }, true)).toEqual({ fsDownloadIn: { file_qury_no: 'FQ1', filename: 'plc', fixmedins_code: own } })
    expect(await asked({}, false)).toEqual({ fsDownloadIn: { file_qury_no: 'FQ1', filename: '1301.zip', fixmedins_code: own } })
  })

  it('knows an error by its text, whatever its content type says, and an answer without a file is no file', async () => {
    const folder = temporaryFolder()
    let text = '{"infcode":-1,"err_msg":"文件已过下载截止时间"}'
    const url = await bareServer((_request, _body, response) => { response.setHeader('content-type', 'application/octet-stream'); response.end(text) })
    const { client } = openTill(url)
    expect(await client.files.download(operator, wanted, path.join(folder, 'a.zip'))).toMatchObject({ kind: 'refused', detail: { text: '文件已过下载截止时间' } })
    text = '{"infcode":0,"output":{"result":"ok"}}'
    expect(await client.files.download(operator, wanted, path.join(folder, 'b.zip'))).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer' })
    text = '{"code":401,"message":"签名不一致!"}'
    expect(await client.files.download(operator, wanted, path.join(folder, 'c.zip'))).toMatchObject({ kind: 'not-sent', code: 'platform.gateway' })
    text = 'PK'
    expect(await client.files.download(operator, wanted, path.join(folder, 'd.zip'))).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer' })
  })

  it('stops at the largest file the profile allows, and keeps nothing of it', async () => {
    const folder = temporaryFolder()
    const url = await bareServer((_request, _body, response) => { response.write(Buffer.from('504b0304', 'hex')); response.end(Buffer.alloc(50_000)) })
    const { client } = openTill(url, withFiles({ maxDownloadBytes: 10_000, resume: 'range' }))
    expect(await client.files.download(operator, wanted, path.join(folder, 'a.zip'))).toMatchObject({ kind: 'unknown', detail: { reason: 'too-large' } })
    expect(existsSync(path.join(folder, 'a.zip.part'))).toBe(false)
  })

  it('gives up a line that says nothing any more, long before the time for the whole file is over', async () => {
    const url = await bareServer((_request, _body, response) => { response.write(Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(5_000)])) })
    const { client } = openTill(url, withFiles({ stallMs: 300, downloadMs: 600_000 }))
    expect(await client.files.download(operator, wanted, path.join(temporaryFolder(), 'a.zip'))).toMatchObject({ kind: 'unknown', detail: { reason: 'timeout' } })
  })

  it('asks for the rest where the province gives it, and for the whole where it does not', async () => {
    const folder = temporaryFolder()
    const source = path.join(folder, 'source.zip')
    await writeZipRows(source, 'a.txt', ROWS)
    const whole = readFileSync(source)
    const ranges: (string | undefined)[] = []
    let gives = true
    const url = await bareServer((request, _body, response) => {
      const { range } = request.headers
      ranges.push(range)
      const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0)
      if (from > 0 && gives) response.writeHead(206, { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}`, 'content-length': whole.length - from }).end(whole.subarray(from))
      else if (ranges.length % 2 === 1) { response.writeHead(200, { 'content-length': whole.length }); response.write(whole.subarray(0, 1_000), () => setTimeout(() => response.destroy(), 30)) }
      else response.end(whole)
    })
    const { client } = openTill(url, withFiles({ resume: 'range' }))
    const target = path.join(folder, 'target.zip')
    expect(await client.files.download(operator, wanted, target)).toMatchObject({ kind: 'unknown' })
    expect(await client.files.download(operator, wanted, target)).toMatchObject({ kind: 'answered', value: { bytes: whole.length } })
    expect(readFileSync(target)).toEqual(whole)
    gives = false
    const other = path.join(folder, 'other.zip')
    expect(await client.files.download(operator, wanted, other)).toMatchObject({ kind: 'unknown' })
    expect(await client.files.download(operator, wanted, other)).toMatchObject({ kind: 'answered', value: { bytes: whole.length } })
    expect(readFileSync(other)).toEqual(whole)
    expect(ranges).toEqual([undefined, 'bytes=1000-', undefined, 'bytes=1000-'])
  })

  it('says disk.full when the file finds no room, and leaves nothing behind', async () => {
    const url = await bareServer((_request, _body, response) => { response.write(Buffer.from('504b0304', 'hex')); response.end(Buffer.alloc(200_000)) })
    const { client } = openTill(url)
    // The only device that is always full.
    await expect(client.files.download(operator, wanted, '/dev/full/x.zip')).rejects.toThrow()
    if (!existsSync('/dev/full')) return
    const folder = temporaryFolder()
    const { symlinkSync } = await import('node:fs')
    symlinkSync('/dev/full', path.join(folder, 'a.zip.part'))
    await expect(client.files.download(operator, wanted, path.join(folder, 'a.zip'))).rejects.toMatchObject({ code: 'disk.full' })
    expect(existsSync(path.join(folder, 'a.zip'))).toBe(false)
  })
})

it('the profile says how files go, and its defaults are a whole section', () => {
  expect(withEndpoint(practiceProfile(), { url: 'http://127.0.0.1:1/csb', localServiceUrl: null }).files).toMatchObject({ upload: 'json-bytes', bytesAs: 'signed', catalogueField: 'fixmedins_code', catalogueValue: 'plc', resume: 'never' })
})
