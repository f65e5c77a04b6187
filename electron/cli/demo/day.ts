import { eveningSteps } from './steps/evening.ts'
import { goodsSteps } from './steps/goods.ts'
import { lineSteps } from './steps/line-down.ts'
import { lostAnswerSteps } from './steps/lost-answers.ts'
import { morningSteps } from './steps/morning.ts'
import { packSteps } from './steps/packs.ts'
import { refusalSteps } from './steps/refusals.ts'
import { returnSteps } from './steps/returns.ts'
import { scanSteps } from './steps/scans.ts'
import { uploadSteps } from './steps/uploads.ts'
import type { Step } from './stage.ts'

/** A shop's day. The order matters: balances and the drawer are counted through it by hand. */
export const shopDay: readonly Step[] = [
  ...morningSteps,
  ...scanSteps,
  ...goodsSteps,
  ...packSteps,
  ...lostAnswerSteps,
  ...refusalSteps,
  ...lineSteps,
  ...uploadSteps,
  ...returnSteps,
  ...eveningSteps,
]
