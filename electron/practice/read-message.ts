import type { IncomingMessage } from 'node:http'
import type { PracticeProfile } from './profile.ts'
import type { Body } from './read-body.ts'
import { parseJson, readBody } from './read-body.ts'
import { isRecord } from './wire-values.ts'

const FORM = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i

/** The parts of a form, by name. null: no form that ends as it should. */
const partsOf = (bytes: Buffer, boundary: string): ReadonlyMap<string, Buffer> | null => {
  const mark = Buffer.from(`--${boundary}`)
  const parts = new Map<string, Buffer>()
  let at = bytes.indexOf(mark)
  while (at >= 0) {
    const from = at + mark.length
    if (bytes.subarray(from, from + 2).toString('latin1') === '--') return parts
    const next = bytes.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), from)
    const headEnd = bytes.indexOf('\r\n\r\n', from)
    if (next < 0 || headEnd < 0 || headEnd > next) return null
    const name = /\bname="([^"]*)"/i.exec(bytes.subarray(from, headEnd).toString('utf8'))?.[1]
    if (name === undefined || parts.has(name)) return null
    parts.set(name, bytes.subarray(headEnd + 4, next))
    at = next + 2
  }
  return null
}

const collect = async (request: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'aborted'> => {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  return size > limit ? 'too-large' : Buffer.concat(chunks)
}

const isUpload = (infno: string): boolean => infno === '9101'

/** A message as it arrived, and the file that came beside it. */
export type Message = { readonly ok: true; readonly text: string; readonly file: Buffer | null } | Extract<Body, { ok: false }>

/** 9101 as a form: the message in one part, the file in the other. */
const readForm = async (request: IncomingMessage, boundary: string, { files, maxBodyBytes }: PracticeProfile): Promise<Message> => {
  const bytes = await collect(request, files.maxBytes + maxBodyBytes)
  if (bytes === 'too-large' || bytes === 'aborted') return { ok: false, why: bytes }
  const parts = partsOf(bytes, boundary)
  const [message, file] = [parts?.get(files.formMessagePart), parts?.get(files.formFilePart)]
  if (parts === null || message === undefined || file === undefined || parts.size !== 2) return { ok: false, why: 'not-utf8' }
  return { ok: true, text: message.toString('utf8'), file }
}

/** The message that would have carried the file inside. null: it has no place for one, or one already. */
export const withFile = (message: unknown, file: Buffer): unknown => {
  if (!isRecord(message)) return null
  const inner = typeof message.input === 'string' ? parseJson(message.input) : { ok: true as const, value: message.input }
  if (!inner.ok || !isRecord(inner.value) || !isRecord(inner.value.fsUploadIn) || 'in' in inner.value.fsUploadIn) return null
  const input = { ...inner.value, fsUploadIn: { ...inner.value.fsUploadIn, in: file.toString('base64') } }
  return { ...message, input: typeof message.input === 'string' ? JSON.stringify(input) : input }
}

/** The message of a call, however it is wrapped. `typed`: the content type is one this province takes for it. `infno` null: the message itself will say. */
export const readMessage = async (request: IncomingMessage, infno: string | null, profile: PracticeProfile): Promise<{ readonly body: Message; readonly typed: boolean }> => {
  const type = request.headers['content-type'] ?? ''
  const { files, maxBodyBytes } = profile
  const mayUpload = infno === null || isUpload(infno)
  const form = FORM.exec(type)
  if (form !== null && mayUpload && files.upload !== 'json') return { body: await readForm(request, form[1] ?? form[2] ?? '', profile), typed: true }
  const body = await readBody(request, mayUpload ? maxBodyBytes + files.maxBytes * 6 : maxBodyBytes)
  return { body: body.ok ? { ...body, file: null } : body, typed: /^application\/json\b/i.test(type) && !(infno !== null && isUpload(infno) && files.upload === 'form') }
}
