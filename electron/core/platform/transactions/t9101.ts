import { z } from 'zod'
import { neededText, row, someText } from '../answer-fields.ts'
import { text } from '../wire-fields.ts'

/** 9101 upload of a file. `in`: its bytes, or (a form with a file part) not in the message at all. */
export const input = z.strictObject({
  fsUploadIn: z.strictObject({
    in: z.union([z.array(z.int().min(-128).max(255)), z.base64()]).optional(),
    filename: text(200),
    fixmedins_code: text(30),
  }),
})

export interface UploadedFile {
  readonly fileName: string
  readonly institutionCode: string
  readonly bytes: readonly number[] | string | null
}

export const build = (file: UploadedFile): z.infer<typeof input> => input.parse({
  fsUploadIn: { ...(file.bytes === null ? {} : { in: file.bytes }), filename: file.fileName, fixmedins_code: file.institutionCode },
})

export const outputNodes = { '': z.object({ file_qury_no: neededText(30), filename: someText(200), fixmedins_code: someText(30), dld_endtime: someText(30) }) }
const output = row(outputNodes[''])

export const read = (answer: unknown): { readonly fileQueryNumber: string } => ({ fileQueryNumber: z.string().max(40).parse(output.parse(answer).file_qury_no) })
