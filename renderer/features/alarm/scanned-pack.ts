import { AppError } from '../../../electron/contract/index.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'
import { speakError } from '../../till/till.ts'
import type { Till } from '../../till/till.ts'

/** The code of one pack, as the ledger writes it. Anything else that was scanned (a payment code, an ID) is refused and not shown; null. */
export const scannedPack = (till: Till, raw: string): string | null => {
  const code = traceOf(recognise({ raw, step: 'drug' }))?.code ?? null
  if (code === null) speakError(till, new AppError('alarm.no-pack-code', 'not the code of one pack'))
  return code
}
