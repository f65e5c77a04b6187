import type { ErrorDetail } from '../../contract/index.ts'

/** Thrown while an answer is read: it is whole, but it contradicts itself or what was asked. */
export class Contradicted extends Error {
  readonly detail: ErrorDetail
  constructor(detail: ErrorDetail) {
    super('contradictory answer')
    this.name = 'Contradicted'
    this.detail = detail
  }
}
