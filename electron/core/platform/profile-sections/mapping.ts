import { z } from 'zod'
import { Pattern } from './fields.ts'

/** 3301, 3302, 1317: our item codes beside the national ones. */
export const MappingSection = z.strictObject({
  /** A sale with the fund needs a mapping that is in force. */
  required: z.boolean().default(false),
  /** `enddate` is required and a mapping has no natural end: the province's word for "until further notice". */
  openEnd: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'yyyy-MM-dd').default('2099-12-31'),
  /** A mapping that ends within so many days is shown before it does. */
  warnDays: z.int().min(0).max(730).default(30),
  /** The paper prints 3302 without a node name: its fields stand in `input` itself, or under the name of 3301 [U]. */
  withdrawUnder: z.enum(['input', 'data']).default('input'),
  /** Rows that 1317 is asked for at once. */
  pageSize: z.int().min(1).max(9_999).default(200),
  /** 目录类别: 101 西药中成药, 102 中药饮片. */
  listTypes: z.strictObject({ western: z.string().min(1).default('101'), 'chinese-patent': z.string().min(1).default('101'), pieces: z.string().min(1).default('102') }).prefault({}),
  /** A refusal that says the mapping is there already, or is gone already: what was wanted is so. */
  alreadyMappedPattern: Pattern.default('已存在|已上传|重复上传|重复对照'),
  alreadyWithdrawnPattern: Pattern.default('已撤销|已经撤销|未找到.{0,6}对照|对照.{0,6}不存在'),
}).prefault({})
