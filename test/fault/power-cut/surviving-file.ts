import { hash } from 'node:crypto'
import { ftruncateSync, writeSync } from 'node:fs'
import type { Random } from '../support/random.ts'

/** A disk writes sectors whole or not at all. */
export const SECTOR = 512

/** A write or a new length since the file's last sync. */
export type Pending = { readonly at: number; readonly bytes: Buffer } | { readonly length: number }

/** What of one pending write reached the disk: all, nothing, or the sectors that are named. */
export type Fate = 'kept' | 'lost' | ReadonlySet<number>

interface Range { readonly from: number; readonly to: number }

const ROOM = 1 << 20

/** 32 bits of 512 bytes at a place; a sum of these is the content of a file, whatever the order in which it was made. */
const sectorHash = (words: Int32Array, sector: number, salt: number): number => {
  let hash = Math.imul(sector + 1, 0x9e3779b1) ^ salt
  for (let n = sector * (SECTOR / 4), end = n + SECTOR / 4; n < end; n += 1) {
    hash = Math.imul(hash ^ (words[n] ?? 0), 0x85ebca6b)
    hash ^= hash >>> 15
  }
  return hash | 0
}

/**
 * One file across power cuts. `durable`: as it stood at its last sync; `pending`: what was done since. A state is made in memory and written to a real file of a memory file system;
 * only what differs from the state written before. Its content is known by two sums of 32 bits, kept sector by sector.
 */
export class SurvivingFile {
  private durable: Buffer
  private durableLength: number
  private shown: Buffer
  private shownLength: number
  private words: Int32Array
  private hashes: [Int32Array, Int32Array]
  private differing: Range[] = []
  private unwritten: Range[] = []
  private writtenLength: number
  readonly pending: Pending[] = []
  private readonly fd: number

  constructor(fd: number, content: Buffer) {
    this.fd = fd
    const room = Math.max(ROOM, Math.ceil(content.length / ROOM) * ROOM)
    this.durable = Buffer.alloc(room)
    content.copy(this.durable)
    this.durableLength = content.length
    this.shown = Buffer.from(new ArrayBuffer(room))
    content.copy(this.shown)
    this.shownLength = content.length
    this.writtenLength = content.length
    this.words = new Int32Array(this.shown.buffer)
    this.hashes = [new Int32Array(room / SECTOR), new Int32Array(room / SECTOR)]
    ftruncateSync(fd, 0)
    if (content.length > 0) writeSync(fd, content, 0, content.length, 0)
    this.rehash({ from: 0, to: room })
  }

  private makeRoom(length: number): void {
    if (length <= this.durable.length) return
    const room = Math.ceil(length / ROOM) * ROOM * 2
    const durable = Buffer.alloc(room)
    this.durable.copy(durable)
    this.durable = durable
    const shown = Buffer.from(new ArrayBuffer(room))
    this.shown.copy(shown)
    this.shown = shown
    this.words = new Int32Array(shown.buffer)
    this.hashes = [new Int32Array(room / SECTOR), new Int32Array(room / SECTOR)]
    this.rehash({ from: 0, to: room })
  }

  private rehash({ from, to }: Range): void {
    for (let sector = Math.floor(from / SECTOR), end = Math.ceil(to / SECTOR); sector < end; sector += 1) {
      this.hashes[0][sector] = sectorHash(this.words, sector, 0x51ed270b)
      this.hashes[1][sector] = sectorHash(this.words, sector, 0x2545f491)
    }
  }

  /** What was done goes to the disk: it is there for good. */
  sync(): void {
    for (const one of this.pending) {
      if ('length' in one) {
        this.makeRoom(one.length)
        if (one.length < this.durableLength) this.durable.fill(0, one.length, this.durableLength)
        this.differing.push({ from: Math.min(one.length, this.durableLength), to: Math.max(one.length, this.durableLength) })
        this.durableLength = one.length
      } else {
        const end = one.at + one.bytes.length
        this.makeRoom(end)
        one.bytes.copy(this.durable, one.at)
        this.durableLength = Math.max(this.durableLength, end)
        this.differing.push({ from: one.at, to: end })
      }
    }
    this.pending.length = 0
  }

  /** The state in which each pending operation met its fate. */
  show(fates: readonly Fate[]): void {
    const touched = this.differing.splice(0)
    let length = this.durableLength
    for (const { from, to } of touched) this.durable.copy(this.shown, from, from, Math.min(to, this.shown.length))
    for (const [n, fate] of fates.entries()) {
      const one = this.pending[n]
      if (one === undefined || fate === 'lost') continue
      if ('length' in one) {
        this.makeRoom(one.length)
        if (one.length < length) this.shown.fill(0, one.length, length)
        this.differing.push({ from: Math.min(one.length, length), to: Math.max(one.length, length) })
        length = one.length
        continue
      }
      const end = one.at + one.bytes.length
      this.makeRoom(end)
      if (fate === 'kept') {
        one.bytes.copy(this.shown, one.at)
        this.differing.push({ from: one.at, to: end })
        length = Math.max(length, end)
        continue
      }
      for (const sector of fate) {
        const from = Math.max(one.at, sector * SECTOR)
        const to = Math.min(end, (sector + 1) * SECTOR)
        one.bytes.copy(this.shown, from, from - one.at, to - one.at)
        this.differing.push({ from, to })
        length = Math.max(length, to)
      }
    }
    this.shownLength = length
    const ranges = merged([...touched, ...this.differing])
    for (const range of ranges) this.rehash(range)
    this.unwritten.push(...ranges)
  }

  /** Puts it on the file: only what is looked at needs to be there. */
  write(): void {
    for (const { from, to } of merged(this.unwritten.splice(0))) {
      const end = Math.min(to, this.shownLength)
      if (end > from) writeSync(this.fd, this.shown, from, end - from, from)
    }
    if (this.writtenLength !== this.shownLength) ftruncateSync(this.fd, this.shownLength)
    this.writtenLength = this.shownLength
  }

  /** Gone: what stands here afterwards is a new, empty file. */
  remove(): void {
    this.pending.length = 0
    this.pending.push({ length: 0 })
    this.sync()
  }

  /** The same without these parts (whole sectors), whatever the length: somebody else holds what stands there. */
  nameWithout(from: readonly number[], bytes: number): string {
    const [first, second] = this.hashes
    let [a, b] = [0, 0]
    for (let sector = 0; sector < first.length; sector += 1) {
      a = (a + (first[sector] ?? 0)) | 0
      b = (b + (second[sector] ?? 0)) | 0
    }
    for (const start of from) {
      for (let sector = start / SECTOR, end = Math.min(first.length, sector + bytes / SECTOR); sector < end; sector += 1) {
        a = (a - (first[sector] ?? 0)) | 0
        b = (b - (second[sector] ?? 0)) | 0
      }
    }
    return `${a}.${b}`
  }

  /** Four bytes, as the file shows them. */
  wordAt(at: number): number {
    return this.shown.readUInt32BE(at)
  }

  /** What is shown, up to `until` bytes: two states with the same name hold the same bytes. */
  name(until = this.shownLength): string {
    const length = Math.min(until, this.shownLength)
    const cut = length < this.shownLength && length % SECTOR !== 0
    const whole = cut ? Math.floor(length / SECTOR) : Math.ceil(length / SECTOR)
    const [first, second] = this.hashes
    let [a, b] = [0, 0]
    for (let sector = 0; sector < whole; sector += 1) {
      a = (a + (first[sector] ?? 0)) | 0
      b = (b + (second[sector] ?? 0)) | 0
    }
    return `${a}.${b}.${length}${cut ? `.${hash('sha1', this.shown.subarray(whole * SECTOR, length))}` : ''}`
  }
}

const merged = (ranges: Range[]): readonly Range[] => {
  const sorted = ranges.filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from)
  const out: { from: number; to: number }[] = []
  for (const { from, to } of sorted) {
    const last = out.at(-1)
    // Two short writes cost more than the bytes between them.
    if (last !== undefined && from <= last.to + 4 * SECTOR) last.to = Math.max(last.to, to)
    else out.push({ from, to })
  }
  return out
}

/** The sectors of a write that a torn one may have reached, at least one and not all. */
export const torn = (one: Pending, random: Random): Fate => {
  if ('length' in one) return random.chance(0.5) ? 'kept' : 'lost'
  const first = Math.floor(one.at / SECTOR)
  const last = Math.floor((one.at + one.bytes.length - 1) / SECTOR)
  if (first === last) return random.chance(0.5) ? 'kept' : 'lost'
  if (random.chance(0.5)) return new Set(Array.from({ length: random.between(1, last - first) }, (_, n) => first + n))
  const kept = new Set<number>()
  for (let sector = first; sector <= last; sector += 1) if (random.chance(0.5)) kept.add(sector)
  if (kept.size === 0) kept.add(first)
  return kept
}
