import { z } from 'zod'
import { Pattern } from './fields.ts'

const Milliseconds = z.int().min(100).max(3_600_000)
const Bytes = z.int().min(1_000)

/** 9101 and 9102 (platform.md §4). What no public paper says is a setting with a safe default. */
export const FilesSection = z.strictObject({
  /** 9101 as a form with a file part, or as bytes inside JSON. */
  upload: z.enum(['multipart', 'json-bytes']).default('json-bytes'),
  /** What the parts of that form are called: seen as `jsonStr` + `file`, and with the file under `in`. */
  formMessagePart: z.string().min(1).max(40).default('jsonStr'),
  formFilePart: z.string().min(1).max(40).default('file'),
  /** How the bytes stand inside JSON. A list of signed numbers is what Java itself prints, and what every reader of Java bytes takes. */
  bytesAs: z.enum(['signed', 'unsigned', 'base64']).default('signed'),
  /** Which field of 9102 carries the constant that says "a file of the catalogue centre". */
  catalogueField: z.enum(['fixmedins_code', 'filename']).default('fixmedins_code'),
  catalogueValue: z.string().min(1).max(30).default('plc'),
  /** A refusal of 1301 and its like that says: nothing is newer than your version. Others answer without a file, or with no rows. */
  nothingNewerPattern: Pattern.default('没有(可|需)?(下载|更新|新)|无(可下载|更新|新)|已是最新|未查询到.*(目录|数据)'),
  /** Whether the rest of a broken download may be asked for (`Range`), or only the whole again. */
  resume: z.enum(['never', 'range']).default('never'),
  /** From the first byte out to the last in. A national catalogue is some 100 MB. */
  downloadMs: Milliseconds.default(1_800_000),
  /** Without a byte for so long the line counts as broken. */
  stallMs: Milliseconds.default(60_000),
  uploadMs: Milliseconds.default(300_000),
  maxDownloadBytes: Bytes.max(2_000_000_000).default(600_000_000),
  maxUploadBytes: Bytes.max(200_000_000).default(20_000_000),
  /** Bytes inside JSON are held in memory several times over. */
  maxJsonBytes: Bytes.max(50_000_000).default(5_000_000),
  /** Catalogues that are kept here: 1301 drugs, 1302 pieces, 1320 granules, 1306 consumables, 1307 diseases, 1309 chronic diseases; 1312 insurance list, 1316 its codes, 1318 limit prices, 1319 first self-pay shares. */
  catalogues: z.array(z.enum(['1301', '1302', '1320', '1306', '1307', '1309', '1312', '1316', '1318', '1319'])).default(['1301', '1302', '1320', '1306', '1307', '1309', '1312', '1316', '1318', '1319']),
  /** Ask for what is newer by itself when a list was not asked about for so many hours; null: only when a person says so. */
  catalogueEveryHours: z.int().min(1).max(720).nullable().default(null),
  /** What is asked for first, when nothing is here yet: everything is newer. */
  firstVersion: z.string().min(1).max(20).default('0'),
  firstDay: z.string().regex(/^\d{4}-\d{2}-\d{2}$/).default('2000-01-01'),
  /** Rows of 1312 and its like asked for at once. */
  pageSize: z.int().min(10).max(9999).default(1000),
}).prefault({})
