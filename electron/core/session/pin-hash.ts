import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'

/** 2¹⁵ · 8: 32 MB and tens of milliseconds a guess, so that a stolen database does not give four digits away at once. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const
const HASH_BYTES = 32

export interface PinHash { readonly salt: Uint8Array; readonly hash: Uint8Array }

/** For making staff; blocks for the time of one guess. */
export const hashPin = (pin: string): PinHash => {
  const salt = randomBytes(16)
  return { salt, hash: scryptSync(pin, salt, HASH_BYTES, COST) }
}

/** Off the main thread; compared in constant time. */
export const pinMatches = (pin: string, known: PinHash): Promise<boolean> =>
  new Promise((resolve, reject) => {
    scrypt(pin, known.salt, HASH_BYTES, COST, (error, hash) => (error === null ? resolve(timingSafeEqual(hash, known.hash)) : reject(error)))
  })
