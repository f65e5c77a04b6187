import { z } from 'zod'
import { fieldIn } from './printed-fields.ts'
import type { RegionProfile } from './profile.ts'
import * as t1101 from './transactions/t1101.ts'
import * as t1201 from './transactions/t1201.ts'
import * as t1301 from './transactions/t1301.ts'
import * as t1302 from './transactions/t1302.ts'
import * as t1306 from './transactions/t1306.ts'
import * as t1307 from './transactions/t1307.ts'
import * as t1309 from './transactions/t1309.ts'
import * as t1312 from './transactions/t1312.ts'
import * as t1316 from './transactions/t1316.ts'
import * as t1317 from './transactions/t1317.ts'
import * as t1318 from './transactions/t1318.ts'
import * as t1319 from './transactions/t1319.ts'
import * as t1320 from './transactions/t1320.ts'
import * as t1901 from './transactions/t1901.ts'
import * as t2001 from './transactions/t2001.ts'
import * as t2101 from './transactions/t2101.ts'
import * as t2102 from './transactions/t2102.ts'
import * as t2103 from './transactions/t2103.ts'
import * as t2161 from './transactions/t2161.ts'
import * as t2163 from './transactions/t2163.ts'
import * as t2166 from './transactions/t2166.ts'
import * as t2167 from './transactions/t2167.ts'
import * as t2170 from './transactions/t2170.ts'
import * as t2171 from './transactions/t2171.ts'
import * as t2203a from './transactions/t2203a.ts'
import * as t2601 from './transactions/t2601.ts'
import * as t3101 from './transactions/t3101.ts'
import * as t3102 from './transactions/t3102.ts'
import * as t3103 from './transactions/t3103.ts'
import * as t3201 from './transactions/t3201.ts'
import * as t3202 from './transactions/t3202.ts'
import * as t3301 from './transactions/t3301.ts'
import * as t3302 from './transactions/t3302.ts'
import * as t3501 from './transactions/t3501.ts'
import * as t3501a from './transactions/t3501a.ts'
import * as t3502 from './transactions/t3502.ts'
import * as t3502a from './transactions/t3502a.ts'
import * as t3503 from './transactions/t3503.ts'
import * as t3503a from './transactions/t3503a.ts'
import * as t3504 from './transactions/t3504.ts'
import * as t3504a from './transactions/t3504a.ts'
import * as t3505 from './transactions/t3505.ts'
import * as t3505a from './transactions/t3505a.ts'
import * as t3506 from './transactions/t3506.ts'
import * as t3506a from './transactions/t3506a.ts'
import * as t3507 from './transactions/t3507.ts'
import * as t3507a from './transactions/t3507a.ts'
import * as t3508 from './transactions/t3508.ts'
import * as t3509 from './transactions/t3509.ts'
import * as t3510 from './transactions/t3510.ts'
import * as t3511 from './transactions/t3511.ts'
import * as t3512 from './transactions/t3512.ts'
import * as t3513 from './transactions/t3513.ts'
import * as t3592b from './transactions/t3592b.ts'
import * as t5201 from './transactions/t5201.ts'
import * as t5203 from './transactions/t5203.ts'
import * as t5204 from './transactions/t5204.ts'
import * as t5205 from './transactions/t5205.ts'
import * as t5206 from './transactions/t5206.ts'
import * as t5301 from './transactions/t5301.ts'
import * as t5302 from './transactions/t5302.ts'
import * as t6101 from './transactions/t6101.ts'
import * as t7201 from './transactions/t7201.ts'
import * as t7202 from './transactions/t7202.ts'
import * as t7203 from './transactions/t7203.ts'
import * as t7204 from './transactions/t7204.ts'
import * as t7205 from './transactions/t7205.ts'
import * as t7206 from './transactions/t7206.ts'
import * as t7207 from './transactions/t7207.ts'
import * as t7208 from './transactions/t7208.ts'
import * as t7209 from './transactions/t7209.ts'
import * as t7210 from './transactions/t7210.ts'
import * as t7211 from './transactions/t7211.ts'
import * as t9001 from './transactions/t9001.ts'
import * as t9002 from './transactions/t9002.ts'
import * as t9101 from './transactions/t9101.ts'
import * as t9102 from './transactions/t9102.ts'
import * as t9601 from './transactions/t9601.ts'
import * as t9602 from './transactions/t9602.ts'
import * as t100001 from './transactions/t100001.ts'

/** What a transaction's file says of its messages. */
interface Described { readonly input?: z.ZodType; readonly outputNodes?: Readonly<Record<string, z.ZodType>> }

/** Every transaction. Only a check of profiles needs them all: the client imports those it calls. */
const TRANSACTIONS: Readonly<Record<string, unknown>> = {
  '1101': t1101, '1201': t1201, '1301': t1301, '1302': t1302, '1306': t1306, '1307': t1307, '1309': t1309, '1312': t1312,
  '1316': t1316, '1317': t1317, '1318': t1318, '1319': t1319, '1320': t1320, '1901': t1901, '2001': t2001, '2101': t2101,
  '2102': t2102, '2103': t2103, '2161': t2161, '2163': t2163, '2166': t2166, '2167': t2167, '2170': t2170, '2171': t2171,
  '2203A': t2203a, '2601': t2601, '3101': t3101, '3102': t3102, '3103': t3103, '3201': t3201, '3202': t3202, '3301': t3301,
  '3302': t3302, '3501': t3501, '3501A': t3501a, '3502': t3502, '3502A': t3502a, '3503': t3503, '3503A': t3503a, '3504': t3504,
  '3504A': t3504a, '3505': t3505, '3505A': t3505a, '3506': t3506, '3506A': t3506a, '3507': t3507, '3507A': t3507a, '3508': t3508,
  '3509': t3509, '3510': t3510, '3511': t3511, '3512': t3512, '3513': t3513, '3592B': t3592b, '5201': t5201, '5203': t5203,
  '5204': t5204, '5205': t5205, '5206': t5206, '5301': t5301, '5302': t5302, '6101': t6101, '7201': t7201, '7202': t7202,
  '7203': t7203, '7204': t7204, '7205': t7205, '7206': t7206, '7207': t7207, '7208': t7208, '7209': t7209, '7210': t7210,
  '7211': t7211, '9001': t9001, '9002': t9002, '9101': t9101, '9102': t9102, '9601': t9601, '9602': t9602, '100001': t100001,
}

/** The row behind lists, optional fields and readings. */
const rowIn = (schema: z.core.$ZodType): z.ZodObject | null => {
  const inner = fieldIn(schema)
  if (inner instanceof z.ZodArray) return rowIn(inner.element)
  if (inner instanceof z.ZodPipe) return rowIn(inner.in) ?? rowIn(inner.out)
  return inner instanceof z.ZodObject ? inner : null
}
const placesIn = (schema: z.core.$ZodType, place: string): readonly string[] =>
  Object.entries((rowIn(schema)?.shape ?? {}) as Record<string, z.core.$ZodType>).flatMap(([name, field]) => [`${place}.${name}`, ...placesIn(field, `${place}.${name}`)])

/** Every place of the official tables that a profile can rename: `infno.node.field`, as wire-names.ts finds them. */
export const officialPlaces = (profile: RegionProfile): ReadonlySet<string> => new Set(Object.entries(TRANSACTIONS).flatMap(([infno, transaction]) => {
  const { input, outputNodes = {} } = transaction as Described
  const { inputOf } = transaction as { readonly inputOf?: (settings: RegionProfile & RegionProfile['traceCodes']) => z.ZodType }
  const sent = input ?? inputOf?.({ ...profile, ...profile.traceCodes })
  return [
    ...(sent === undefined ? [] : placesIn(sent, infno)),
    ...Object.entries(outputNodes).flatMap(([node, row]) => (node === '' ? placesIn(row, infno) : [`${infno}.${node}`, ...placesIn(row, `${infno}.${node}`)])),
  ]
}))
