import type { Logger } from 'pino'
import type { SaleId } from '../contract/index.ts'
import type { Generations } from './catalogue/generations.ts'
import type { WritableDb } from './db/database.ts'
import type { CredentialReader } from './platform/credential-reader.ts'
import type { PlatformClient } from './platform/client.ts'
import type { RegionProfile } from './platform/profile.ts'
import type { CrashPoint } from './crash-points.ts'
import type { Devices } from './receipt/devices.ts'
import type { RepeatCounter } from './trace/repeat-counter.ts'

/** What every area of core works with. Made once by core.ts; clock and id maker are parameters so that tests decide them. */
export interface House {
  readonly db: WritableDb
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** UUIDv7. */
  readonly newId: () => string
  readonly profile: RegionProfile
  readonly platform: PlatformClient
  readonly credentials: CredentialReader
  readonly devices: Devices
  /** How often a sold pack was scanned again. */
  readonly repeats: RepeatCounter
  /** The national catalogue, in a file of its own. */
  readonly catalogue: Generations
  readonly log: Logger
  /** Tells every till that watches: this sale, or the status, is another now. Sent after the current transaction. */
  readonly changed: (what: { readonly saleId: SaleId } | { readonly alarmId: string } | 'status') => void
  /** Named steps at which a test pulls the plug. Does nothing in a shop. */
  readonly reach: (point: CrashPoint) => void
}

/** Who is asking: bound to the connection by sign-in, never an argument. */
export interface Caller {
  readonly staffId: string
  readonly staffName: string
  readonly role: 'cashier' | 'pharmacist' | 'manager'
}
