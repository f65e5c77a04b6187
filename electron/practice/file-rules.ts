import { z } from 'zod'

/** 9101, 9102 and catalogue files: what provinces do differently, and [U] what no public paper says. */
export const FileRules = z.strictObject({
  /** How 9101 arrives: a form with a file part, bytes inside JSON, or whichever. */
  upload: z.enum(['form', 'json', 'either']).default('either'),
  formMessagePart: z.string().min(1).default('jsonStr'),
  formFilePart: z.string().min(1).default('file'),
  maxBytes: z.int().positive().default(10_000_000),
  /** Where a question for a catalogue's file carries its constant. */
  catalogueField: z.enum(['fixmedins_code', 'filename']).default('fixmedins_code'),
  catalogueValue: z.string().min(1).default('plc'),
  /** What 1301 and its like answer when nothing is newer [U]. */
  nothingNewer: z.enum(['refuse', 'no-rows', 'no-output']).default('refuse'),
  /** 1301 and its like give everything that is newer, or one edition after the other [U]. */
  catalogueSteps: z.enum(['all', 'edition']).default('all'),
  /** A file cut short where it was made: only so many rows of it, and the count says so too. */
  maxRows: z.int().positive().nullable().default(null),
  /** Pages of 1312 and its like: the list by itself, or under `data` beside page numbers. */
  pages: z.enum(['list', 'data']).default('list'),
  /** The rest of a broken download may be asked for. */
  range: z.boolean().default(false),
}).prefault({})
