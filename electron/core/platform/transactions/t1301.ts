import { z } from 'zod'
import { neededText, row, someDate, someText } from '../answer-fields.ts'
import { text } from '../wire-fields.ts'

/** 1301 western and Chinese patent drugs: the file of everything newer than a version. 1302, 1306, 1307, 1309 and 1320 ask and answer the same. */
export const input = z.strictObject({ data: z.strictObject({ ver: text(20) }) })

export const build = (version: string): z.infer<typeof input> => input.parse({ data: { ver: version } })

export const outputNodes = { '': z.object({ file_qury_no: neededText(40), filename: neededText(100), dld_end_time: someDate(), data_cnt: someText() }) }
const answered = row(z.object({ ...outputNodes[''].shape, file_qury_no: someText(40), filename: someText(100) }))

export interface CatalogueFile {
  readonly fileQueryNumber: string
  readonly fileName: string
  /** Rows the file is said to hold; null: not said. */
  readonly rows: number | null
}

/** null: nothing is newer than the version that was asked about. */
export const read = (answer: unknown): CatalogueFile | null => {
  if (answer === null) return null
  const { file_qury_no: fileQueryNumber, filename: fileName, data_cnt: count } = answered.parse(answer)
  const rows = count === '' ? null : z.coerce.number().int().nonnegative().parse(count)
  if (fileQueryNumber === '' && (rows === 0 || rows === null)) return null
  if (rows === 0 && fileName === '') return null
  const file = outputNodes[''].pick({ file_qury_no: true, filename: true }).parse({ file_qury_no: fileQueryNumber, filename: fileName })
  return { fileQueryNumber: file.file_qury_no, fileName: file.filename, rows }
}
