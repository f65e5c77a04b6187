import type { RegionProfile } from './profile.ts'
import { withEndpoint } from './profile-file.ts'

/** Where a practice platform stands, as it says when it starts: one door for each kind of transport. */
export interface PracticeDoors {
  readonly addresses: { readonly csb: string; readonly tif: string; readonly token: string; readonly sm: string; readonly plain: string }
  readonly localServiceUrl: string
}

const DOORS = { csb: 'csb', tif: 'tif', oauth: 'sm', plain: 'plain' } as const
/** The door of a profile's transport; the practice platform has a shape of the same name. */
export const practiceDoor = (profile: RegionProfile): 'csb' | 'tif' | 'sm' | 'plain' => DOORS[profile.transport.kind]

/** The profile at the door of a practice platform that is made for it. Error profile.invalid. */
export const atPractice = (profile: RegionProfile, { addresses, localServiceUrl }: PracticeDoors): RegionProfile =>
  withEndpoint(profile, { url: addresses[practiceDoor(profile)], tokenUrl: addresses.token, localServiceUrl })

/** A practice platform answers credentials beside its doors; any other's local service is the profile's. */
export const localServiceAt = (profile: RegionProfile, url: string): string | null => (profile.practice && URL.canParse(url) ? new URL('/local', url).href : profile.credentials.serviceUrl)
