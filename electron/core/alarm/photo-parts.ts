import type { Output, ParsedInput } from '../../contract/index.ts'
import { AppError, MAX_PHOTO_BYTES, MAX_PHOTOS, PHOTO_PART_BYTES } from '../../contract/index.ts'
import { pictureType } from '../../domain/alarm/picture-type.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { findPhoto, insertPhoto, photoRows } from './alarm-store.ts'
import { openAlarmRow } from './alarm-view.ts'

type Part = ParsedInput<'alarm.addPhoto'>

/** Pictures on their way: a few at a time, forgotten when the rest does not come. */
const MOST_UNFINISHED = 8
const FORGOTTEN_AFTER_MS = 600_000
interface Unfinished {
  readonly alarmId: string
  readonly parts: (Uint8Array | null)[]
  readonly since: number
}
const unfinished = new WeakMap<House, Map<string, Unfinished>>()

const roomFor = (house: House, part: Part): Unfinished => {
  const all = unfinished.get(house) ?? new Map<string, Unfinished>()
  unfinished.set(house, all)
  for (const [photoId, picture] of all) if (house.clock() - picture.since > FORGOTTEN_AFTER_MS) all.delete(photoId)
  const known = all.get(part.photoId)
  if (known !== undefined && known.alarmId === part.alarmId && known.parts.length === part.parts) return known
  const begun: Unfinished = { alarmId: part.alarmId, parts: Array.from({ length: part.parts }, () => null), since: house.clock() }
  all.delete(part.photoId)
  const oldest = all.keys().next()
  if (all.size >= MOST_UNFINISHED && oldest.done !== true) all.delete(oldest.value)
  all.set(part.photoId, begun)
  return begun
}

const store = (house: House, caller: Caller, part: Part, bytes: Uint8Array): void => {
  const { db } = house
  const mediaType = pictureType(bytes)
  if (mediaType === null) throw new AppError('alarm.photo-invalid', 'neither JPEG nor PNG nor WebP')
  if (bytes.length > MAX_PHOTO_BYTES)
    throw new AppError('alarm.photo-too-large', `a picture of ${bytes.length} bytes`, { megabytes: (MAX_PHOTO_BYTES / 1_000_000).toFixed(0) })
  if (photoRows(db, part.alarmId).length >= MAX_PHOTOS) throw new AppError('alarm.too-many-photos', 'no more pictures', { most: MAX_PHOTOS })
  insertPhoto(db, { photoId: part.photoId, alarmId: part.alarmId, mediaType, bytes, at: now(house), staffId: caller.staffId })
}

/** One part of a picture; stored with the last one that was missing. Errors: alarm.not-found, alarm.closed, alarm.photo-invalid, alarm.photo-too-large, alarm.too-many-photos. */
export const addPhotoPart = (house: House, caller: Caller, part: Part): Output<'alarm.addPhoto'> => {
  openAlarmRow(house.db, part.alarmId)
  if (part.part >= part.parts) throw new AppError('alarm.photo-invalid', 'a part beyond the last')
  if (findPhoto(house.db, part.photoId) !== null) return { stored: true }
  const picture = roomFor(house, part)
  picture.parts[part.part] = Buffer.from(part.data, 'base64')
  const whole = picture.parts.filter((bytes) => bytes !== null)
  if (whole.length < part.parts) return { stored: false }
  unfinished.get(house)?.delete(part.photoId)
  inTransaction(house.db, () => store(house, caller, part, Buffer.concat(whole)))
  house.changed('status')
  return { stored: true }
}

/** Error alarm.not-found. */
export const getPhotoPart = (house: House, photoId: string, part: number): Output<'alarm.getPhoto'> => {
  const photo = findPhoto(house.db, photoId)
  const parts = photo === null ? 0 : Math.ceil(photo.bytes.length / PHOTO_PART_BYTES)
  if (photo === null || part >= parts) throw new AppError('alarm.not-found', 'no such picture')
  const bytes = photo.bytes.subarray(part * PHOTO_PART_BYTES, (part + 1) * PHOTO_PART_BYTES)
  return { mediaType: photo.media_type, parts, data: Buffer.from(bytes).toString('base64') }
}
