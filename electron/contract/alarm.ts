import { z } from 'zod'
import { SaleId } from './codes.ts'
import { command, query } from './procedure.ts'
import { BusinessDate, Instant } from './time.ts'
import { Pack, PackState } from './trace.ts'

/** sold-elsewhere: the country, or a list, knows a sale of this pack that is not ours; never soft (rules.md §5) · suspicion: somebody here does not trust it. */
export const AlarmKind = z.enum(['sold-elsewhere', 'suspicion'])
export type AlarmKind = z.infer<typeof AlarmKind>

/** open: set aside, being looked into · reported: told to the bureau · closed */
export const AlarmStatus = z.enum(['open', 'reported', 'closed'])
export type AlarmStatus = z.infer<typeof AlarmStatus>

/** What became of the pack. `left-the-shop`: it was sold here before anybody knew. */
export const AlarmOutcome = z.enum(['genuine-released', 'returned-to-supplier', 'handed-to-authority', 'destroyed', 'left-the-shop'])
export type AlarmOutcome = z.infer<typeof AlarmOutcome>

export const AlarmId = z.uuid()

export const AlarmSummary = z.strictObject({
  alarmId: AlarmId,
  code: z.string(),
  kind: AlarmKind,
  status: AlarmStatus,
  /** A key of domain/sentences (alarm-list, platform-3513, settlement-refused, upload-refused, counter), or the words of a list. */
  source: z.string(),
  toldAt: Instant,
  drugName: z.string().nullable(),
  lotNumber: z.string().nullable(),
  /** null: this shop never had it. */
  packState: PackState.nullable(),
  place: z.string(),
  photoCount: z.int(),
  /** The sale at which it came to light. */
  saleId: SaleId.nullable(),
  receiptNumber: z.string().nullable(),
})
export type AlarmSummary = z.infer<typeof AlarmSummary>

/** A picture of the set-aside pack. */
export const PhotoType = z.enum(['image/jpeg', 'image/png', 'image/webp'])
export type PhotoType = z.infer<typeof PhotoType>
export const AlarmPhoto = z.strictObject({ photoId: z.uuid(), mediaType: PhotoType, bytes: z.int(), takenAt: Instant, takenByName: z.string().nullable() })
export type AlarmPhoto = z.infer<typeof AlarmPhoto>

export const MAX_PHOTOS = 4
export const MAX_PHOTO_BYTES = 2_000_000
/** A message is limited (wire.ts): pictures travel in parts of at most so many bytes, in base64. */
export const PHOTO_PART_BYTES = 540_000
const PHOTO_PARTS = Math.ceil(MAX_PHOTO_BYTES / PHOTO_PART_BYTES)
const PartText = z
  .string()
  .min(4)
  .max((PHOTO_PART_BYTES / 3) * 4)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)

export const Alarm = z.strictObject({
  ...AlarmSummary.shape,
  spec: z.string(),
  maker: z.string(),
  /** What the platform or the list said, in its words. */
  said: z.string(),
  /** What people here noted. */
  note: z.string(),
  toldByName: z.string().nullable(),
  /** The paper it came with, where one is known. */
  delivery: z.strictObject({ supplier: z.string(), documentNumber: z.string(), receivedOn: BusinessDate }).nullable(),
  /** Its life in this shop; null: never had it. */
  pack: Pack.nullable(),
  photos: z.array(AlarmPhoto),
  reportedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  closedByName: z.string().nullable(),
  outcome: AlarmOutcome.nullable(),
  outcomeNote: z.string(),
  /** Outcomes that its state allows now. */
  outcomes: z.array(AlarmOutcome),
})
export type Alarm = z.infer<typeof Alarm>

/** One sale of a pack that the country knows. `here`: our own. */
export const KnownSale = z.strictObject({ here: z.boolean(), institution: z.string(), at: z.string(), split: z.boolean() })
export type KnownSale = z.infer<typeof KnownSale>

const ofAlarm = { alarmId: AlarmId }

export const alarmProcedures = {
  /** Open ones first, newest first. */
  'alarm.listAlarms': query({
    input: z.strictObject({ closed: z.boolean().default(false), limit: z.int().min(1).max(1000).default(300) }),
    output: z.array(AlarmSummary),
  }),
  /** Error alarm.not-found. */
  'alarm.getAlarm': query({ input: z.strictObject(ofAlarm), output: Alarm }),
  /** Sets a pack aside because somebody here does not trust it; an alarm that is open already is answered. Errors: alarm.no-pack-code. */
  'alarm.raiseAlarm': command({ input: z.strictObject({ code: z.string().min(1).max(200), note: z.string().max(500) }), output: Alarm }),
  /** Where it lies and what was seen. Errors: alarm.not-found, alarm.closed. */
  'alarm.markPack': command({ input: z.strictObject({ ...ofAlarm, place: z.string().max(100), note: z.string().max(500) }), output: Alarm }),
  /** A picture in parts, in any order; the last one stores it (`stored`). Errors: alarm.photo-invalid, alarm.photo-too-large, alarm.too-many-photos, alarm.closed. */
  'alarm.addPhoto': command({
    input: z.strictObject({
      ...ofAlarm,
      photoId: z.uuid(),
      part: z
        .int()
        .min(0)
        .max(PHOTO_PARTS - 1),
      parts: z.int().min(1).max(PHOTO_PARTS),
      data: PartText,
    }),
    output: z.strictObject({ stored: z.boolean() }),
  }),
  'alarm.getPhoto': query({
    input: z.strictObject({
      photoId: z.uuid(),
      part: z
        .int()
        .min(0)
        .max(PHOTO_PARTS - 1),
    }),
    output: z.strictObject({ mediaType: PhotoType, parts: z.int(), data: z.string() }),
  }),
  /** Ready to send to the drug administration or the insurance bureau; no patient in it. */
  'alarm.getReport': query({ input: z.strictObject(ofAlarm), output: z.strictObject({ zh: z.string(), en: z.string() }) }),
  'alarm.reportAlarm': command({ input: z.strictObject({ ...ofAlarm, to: z.string().min(2).max(100) }), output: Alarm, permission: 'pharmacist' }),
  /** 3513, now and by hand. A sale elsewhere opens an alarm. Errors: platform.*, alarm.cannot-ask, alarm.no-pack-code. */
  'alarm.askPlatform': command({
    input: z.strictObject({ code: z.string().min(1).max(200) }),
    output: z.strictObject({ answer: z.enum(['sold-elsewhere', 'sold-here', 'not-sold']), sales: z.array(KnownSale), alarmId: AlarmId.nullable() }),
  }),
  /**
   * What became of it, with the evidence. `genuine-released` makes the pack sellable again: a sale elsewhere must be proven wrong, so the platform is asked once more where it can be.
   * Errors: alarm.outcome-impossible, alarm.still-sold-elsewhere, alarm.closed, platform.*.
   */
  'alarm.closeAlarm': command({
    input: z.strictObject({ ...ofAlarm, outcome: AlarmOutcome, note: z.string().min(4).max(500) }),
    output: Alarm,
    permission: 'manager',
  }),
}
