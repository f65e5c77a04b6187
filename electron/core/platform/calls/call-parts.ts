import type { Logger } from 'pino'
import type { FileCall } from '../file-call.ts'
import type { RegionProfile } from '../profile.ts'
import type { Sender } from '../sender.ts'
import type { WireMask } from '../wire-mask.ts'

/** What a group of calls is made of. Every group has its own file here; client.ts lists them. */
export interface CallParts {
  readonly profile: RegionProfile
  readonly sender: Sender
  readonly fileCall: FileCall
  readonly clock: () => number
  readonly log: Logger
  readonly mask: WireMask
}
