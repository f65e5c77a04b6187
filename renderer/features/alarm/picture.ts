import { AppError, PHOTO_PART_BYTES } from '../../../electron/contract/index.ts'
import type { CoreClient } from '../../core-client/core-client.ts'

/** Enough to read a box's print by; small enough for the ledger's file. Drawn anew, a picture also loses where and by which phone it was taken. */
const LONGEST_SIDE = 1600
const QUALITY = 0.85

/** Error alarm.photo-invalid for what the browser cannot draw. */
export const shrinkPicture = async (file: Blob): Promise<Uint8Array> => {
  const invalid = (cause?: unknown): AppError => new AppError('alarm.photo-invalid', 'not a picture', {}, cause)
  const bitmap = await createImageBitmap(file).catch((cause: unknown) => {
    throw invalid(cause)
  })
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY)
  })
  if (blob === null) throw invalid()
  return new Uint8Array(await blob.arrayBuffer())
}

const SLICE = 0x8000
const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let from = 0; from < bytes.length; from += SLICE) text += String.fromCharCode(...bytes.subarray(from, from + SLICE))
  return btoa(text)
}

/** A picture to core, in parts that fit its messages. Errors: alarm.*. */
export const sendPicture = async (core: CoreClient, alarmId: string, bytes: Uint8Array): Promise<void> => {
  const photoId = crypto.randomUUID()
  const parts = Math.max(1, Math.ceil(bytes.length / PHOTO_PART_BYTES))
  for (let part = 0; part < parts; part += 1) {
    const data = base64(bytes.subarray(part * PHOTO_PART_BYTES, (part + 1) * PHOTO_PART_BYTES))
    await core.command('alarm.addPhoto', { alarmId, photoId, part, parts, data })
  }
}

/** A stored picture as an address that an `img` takes. */
export const readPicture = async (core: CoreClient, photoId: string): Promise<string> => {
  const first = await core.query('alarm.getPhoto', { photoId, part: 0 })
  const data = [first.data]
  for (let part = 1; part < first.parts; part += 1) data.push((await core.query('alarm.getPhoto', { photoId, part })).data)
  return `data:${first.mediaType};base64,${data.join('')}`
}
