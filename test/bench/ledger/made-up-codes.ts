/** 20-digit codes as a shop of many years would hold them: some prefixes (drug identifiers) sell far more than others, serials look random. All made up: 8900000–8999999. */
export interface MadeUpCodes {
  readonly count: number
  /** Seven digits, by reference; the reference is the order in which a shop met them: popular ones first. */
  readonly prefixes: Uint32Array
  readonly prefixRef: Uint16Array
  /** 13 digits. */
  readonly serial: Float64Array
  readonly lotRef: Uint32Array
  readonly saleRef: Uint32Array
}

const PREFIXES = 6_000
/** As many as 20 million packs have, whatever the number built: small references would flatter the bytes. */
const LOTS = 200_000
const SALES = 8_000_000

/** xorshift32: the same codes in every run. */
export const randomFrom = (seed: number): (() => number) => {
  let x = seed
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 2 ** 32
  }
}

export const shuffled = (count: number, random: () => number): Uint32Array => {
  const order = Uint32Array.from({ length: count }, (_, n) => n)
  for (let n = count - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1))
    const kept = order[n] ?? 0
    order[n] = order[other] ?? 0
    order[other] = kept
  }
  return order
}

export const makeUpCodes = (count: number): MadeUpCodes => {
  const random = randomFrom(20_260_115)
  const numbers = shuffled(100_000, random)
  const prefixes = Uint32Array.from({ length: PREFIXES }, (_, n) => 8_900_000 + (numbers[n] ?? 0))
  // Zipf: the n-th most popular prefix has a share of 1/n.
  const shares = new Float64Array(PREFIXES)
  let sum = 0
  for (let n = 0; n < PREFIXES; n += 1) shares[n] = sum += 1 / (n + 1)
  const prefixRef = new Uint16Array(count)
  const serial = new Float64Array(count)
  const lotRef = new Uint32Array(count)
  const saleRef = new Uint32Array(count)
  for (let n = 0; n < count; n += 1) {
    const wanted = random() * sum
    let [low, high] = [0, PREFIXES - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((shares[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    prefixRef[n] = low
    serial[n] = Math.floor(random() * 1e6) * 1e7 + Math.floor(random() * 1e7)
    lotRef[n] = 1 + Math.floor(random() * LOTS)
    saleRef[n] = 1 + Math.floor(random() * SALES)
  }
  return { count, prefixes, prefixRef, serial, lotRef, saleRef }
}

export const codeText = ({ prefixes, prefixRef, serial }: MadeUpCodes, n: number): string =>
  `${prefixes[prefixRef[n] ?? 0] ?? 0}${String(serial[n] ?? 0).padStart(13, '0')}`
