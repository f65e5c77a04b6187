import { AppError } from '../../contract/index.ts'
import type { Outcome } from './client.ts'

/** An outcome that is no answer, as an error for the cashier. */
export const refusalError = (outcome: Exclude<Outcome<unknown>, { kind: 'answered' }>): AppError => new AppError(outcome.code, `platform call ended ${outcome.kind}`, outcome.detail)
