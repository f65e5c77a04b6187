import { shell } from './zh/shell.ts'
import { counter } from './zh/counter.ts'
import { office } from './zh/office.ts'
import { ledger } from './zh/ledger.ts'
import { goods } from './zh/goods.ts'
import { map } from './zh/map.ts'
import { claim } from './zh/claim.ts'
import { mapping } from './zh/mapping.ts'
import { catalogue } from './zh/catalogue.ts'
import { alarm } from './zh/alarm.ts'
import { uncoded } from './zh/uncoded.ts'
import { lessons } from './zh/lessons.ts'

/** What the screen says by itself, one file an area. Sentences of codes are in electron/domain/sentences. Short, concrete, no blame. */
export const zhCN = {
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
