import { shell } from './en/shell.ts'
import { counter } from './en/counter.ts'
import { office } from './en/office.ts'
import { ledger } from './en/ledger.ts'
import { goods } from './en/goods.ts'
import { map } from './en/map.ts'
import { claim } from './en/claim.ts'
import { mapping } from './en/mapping.ts'
import { catalogue } from './en/catalogue.ts'
import { alarm } from './en/alarm.ts'
import { uncoded } from './en/uncoded.ts'
import { lessons } from './en/lessons.ts'
import type { zhCN } from './zh-CN.ts'

/** Complete, for chain IT and contributors: the type wants every key. */
export const en: typeof zhCN = {
  ...shell,
  ...counter,
  ...office,
  ...ledger,
  ...goods,
  ...map,
  ...claim,
  ...mapping,
  ...catalogue,
  ...alarm,
  ...uncoded,
  ...lessons,
}
