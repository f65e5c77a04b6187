/** Fen, 10⁻⁶ yuan, 10⁻⁴ units and 10⁻⁴ shares as plain integers. The province has its own arithmetic: sharing the client's would hide its mistakes. */
const half = (dividend: bigint, divisor: bigint): number => Number((2n * dividend + divisor) / (2n * divisor))

/** price × count to fen, half up once. Both not negative. */
export const lineFen = (priceMicro: number, countE4: number): number => half(BigInt(priceMicro) * BigInt(countE4), 100_000_000n)

/** amount × share to fen, half up once. Both not negative. */
export const shareFen = (amountFen: number, shareE4: number): number => half(BigInt(amountFen) * BigInt(shareE4), 10_000n)

export const sum = <T>(rows: Iterable<T>, amount: (row: T) => number): number => {
  let total = 0
  for (const row of rows) total += amount(row)
  return total
}

/** JSON number of an answer. Dividing by a power of ten gives the nearest double, whose shortest text is the decimal meant. */
export const yuan = (fen: number): number => fen / 100
export const priceNumber = (micro: number): number => micro / 1_000_000
export const countNumber = (e4: number): number => e4 / 10_000
export const shareNumber = (e4: number): number => e4 / 10_000

/** `12.30`, in explanations. */
export const yuanText = (fen: number): string => (fen / 100).toFixed(2)
/** `60%`, `12.5%` */
export const percentText = (e4: number): string => `${e4 / 100}%`
