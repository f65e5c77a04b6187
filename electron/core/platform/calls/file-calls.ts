import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { FileList, PagedList } from '../../catalogue/lists.ts'
import type { NotSent } from '../call.ts'
import { notSent } from '../call.ts'
import type { Operator, Outcome } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import type { Read } from '../sender.ts'
import * as t1301 from '../transactions/t1301.ts'
import * as t9101 from '../transactions/t9101.ts'
import * as t9102 from '../transactions/t9102.ts'
import type { CallParts } from './call-parts.ts'
import type { ListedRow, ListPage } from './list-page.ts'
import { LIST_PAGES } from './list-page.ts'

export interface FileName {
  readonly fileQueryNumber: string
  readonly fileName: string
  /** A file of the catalogue centre: the constant of the profile goes with the question. */
  readonly catalogue: boolean
}

/** 9101 and 9102, and the catalogues that come as files. None has an effect beyond the file itself: each may be asked again. */
export interface FileCalls {
  /** 9101. `path`: the file as it will be sent; too large for the profile is platform.invalid-request. Throws AppError disk.*. */
  readonly upload: (operator: Operator, file: { readonly fileName: string; readonly path: string }) => Promise<Outcome<{ readonly fileQueryNumber: string }>>
  /** 9102, to `toPath + '.part'`, renamed when whole. What it holds is checked by whoever reads it. Throws AppError disk.full. */
  readonly download: (operator: Operator, file: FileName, toPath: string) => Promise<Outcome<{ readonly bytes: number }>>
  /** 1301, 1302, 1306, 1307, 1309, 1320: the file of what is newer than `version`; null: nothing is. */
  readonly catalogueFile: (operator: Operator, list: FileList, version: string) => Promise<Outcome<t1301.CatalogueFile | null>>
  /** 1312, 1316, 1318, 1319: what changed since a day. Fewer rows than were asked for: the last page. */
  readonly listPage: (operator: Operator, list: PagedList, page: ListPage) => Promise<Outcome<readonly ListedRow[]>>
}

const bytesFor = (style: RegionProfile['files']['bytesAs'], bytes: Buffer): readonly number[] | string => {
  switch (style) {
    case 'base64':
      return bytes.toString('base64')
    case 'unsigned':
      return [...bytes]
    case 'signed':
      return [...new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)]
  }
}

const nothingFor = (pattern: string): (<T>(outcome: Outcome<T>) => Outcome<T | null>) => {
  const said = new RegExp(pattern, 'u')
  return (outcome) => (outcome.kind === 'refused' && said.test(String(outcome.detail['text'] ?? '')) ? { kind: 'answered', value: null, raw: outcome.raw } : outcome)
}

export const createFileCalls = ({ profile, sender, fileCall }: CallParts): FileCalls => {
  const { files, institution } = profile
  const nothingNewer = nothingFor(files.nothingNewerPattern)
  const tooLarge = (size: number, limit: number): NotSent => notSent('platform.invalid-request', { infno: '9101', problem: 'file-too-large', bytes: size, limit })
  /** Whatever was answered, without the file that was asked for it is no answer. */
  const readSize: Read<{ readonly bytes: number }> = (output) => ({ bytes: z.number('an answer without a file').parse(output) })

  return {
    upload: async (operator, { fileName, path: file }) => {
      const { size } = await stat(file)
      const limit = files.upload === 'json-bytes' ? Math.min(files.maxUploadBytes, files.maxJsonBytes) : files.maxUploadBytes
      if (size > limit) return tooLarge(size, limit)
      const question = (bytes: readonly number[] | string | null) => ({
        infno: '9101', schema: t9101.input, region: null, input: () => t9101.build({ fileName: path.basename(fileName), institutionCode: institution.code, bytes }),
      })
      if (files.upload === 'multipart') return sender.ask(operator, question(null), t9101.read, (message) => fileCall.sendForm(message, { fileName: path.basename(fileName), path: file }))
      return sender.ask(operator, question(bytesFor(files.bytesAs, await readFile(file))), t9101.read, fileCall.sendInside)
    },
    download: (operator, file, toPath) => {
      const mark = (field: typeof files.catalogueField, own: string): string => (file.catalogue && files.catalogueField === field ? files.catalogueValue : own)
      const asked = { fileQueryNumber: file.fileQueryNumber, fileName: mark('filename', file.fileName), institutionCode: mark('fixmedins_code', institution.code) }
      return sender.ask(operator, { infno: '9102', schema: t9102.input, region: null, input: () => t9102.build(asked) }, readSize, (message) => fileCall.download(message, toPath))
    },
    catalogueFile: async (operator, list, version) =>
      nothingNewer(await sender.ask(operator, { infno: list, schema: t1301.input, region: null, input: () => t1301.build(version) }, t1301.read)),
    listPage: async (operator, list, page) => {
      const { schema, build, read } = LIST_PAGES[list]
      const outcome = nothingNewer(await sender.ask(operator, { infno: list, schema, region: null, input: () => build(page) }, read))
      return outcome.kind === 'answered' ? { ...outcome, value: outcome.value ?? [] } : outcome
    },
  }
}
