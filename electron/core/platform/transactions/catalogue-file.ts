import { z } from 'zod'
import { neededText, row, someDate, someText, someWhole } from '../answer-fields.ts'
import { text } from '../wire-fields.ts'

/** Catalogues that come as a file (1301, 1302, 1306, 1307, 1309, 1320): everything newer than a version. They ask and answer the same. */
export const input = z.strictObject({ data: z.strictObject({ ver: text(20) }) })

export const build = (version: string): z.infer<typeof input> => input.parse({ data: { ver: version } })

/** The paper gives the count ten digits in some tables and no size in others. */
const fields = (digits?: number) => ({ file_qury_no: neededText(40), filename: neededText(100), data_cnt: someWhole(digits) })
export const outputNodesOf = (digits?: number) => ({ '': z.object({ ...fields(digits), dld_end_time: someDate() }) })
/** 1320 spells its day in another way. */
export const outputNodesWithEndtime = { '': z.object({ ...fields(), dld_endtime: someDate() }) }
const answered = row(z.object({ ...fields(), file_qury_no: someText(), filename: someText() }))
const complete = z.object({ file_qury_no: neededText(), filename: neededText() })

export interface CatalogueFile {
  readonly fileQueryNumber: string
  readonly fileName: string
  /** Rows the file is said to hold; null: not said. */
  readonly rows: number | null
}

/** null: nothing is newer than the version that was asked about. Throws ZodError. */
export const read = (answer: unknown): CatalogueFile | null => {
  if (answer === null) return null
  const { file_qury_no: fileQueryNumber, filename: fileName, data_cnt: count } = answered.parse(answer)
  const rows = z.int().nonnegative().nullable().parse(count)
  if (fileQueryNumber === '' && (rows === 0 || rows === null)) return null
  if (rows === 0 && fileName === '') return null
  const file = complete.parse({ file_qury_no: fileQueryNumber, filename: fileName })
  return { fileQueryNumber: file.file_qury_no, fileName: file.filename, rows }
}
