import { z } from 'zod'
import { text } from '../wire-fields.ts'

/** 9102 download of a file. Its answer is no message: calls/file-calls.ts. */
export const input = z.strictObject({ fsDownloadIn: z.strictObject({ file_qury_no: text(40), filename: text(200), fixmedins_code: text(30) }) })

/** The paper gives the number 30 characters here and 40 where 1301 answers it: the longer holds, else some files could never be asked for. */
export const build = (file: { readonly fileQueryNumber: string; readonly fileName: string; readonly institutionCode: string }): z.infer<typeof input> =>
  input.parse({ fsDownloadIn: { file_qury_no: file.fileQueryNumber, filename: file.fileName, fixmedins_code: file.institutionCode } })
