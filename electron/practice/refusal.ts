/** The province says no inside the envelope. Thrown by checks and transactions; what was written is rolled back. */
export class Refusal extends Error {
  readonly infcode: number
  constructor(text: string, infcode = -1) {
    super(text)
    this.name = 'Refusal'
    this.infcode = infcode
  }
}

export const refuse = (text: string): never => {
  throw new Refusal(text)
}

/** Second level of the stock family: `infcode` 0, the row refused with `retRslt` 0. */
export class RowRefusal extends Error {
  constructor(text: string) {
    super(text)
    this.name = 'RowRefusal'
  }
}

export const refuseRow = (text: string): never => {
  throw new RowRefusal(text)
}
