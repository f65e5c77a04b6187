import { atPractice } from '../../electron/core/platform/practice-doors.ts'
import type { PracticeDoors } from '../../electron/core/platform/practice-doors.ts'
import { loadProfile, parseProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../electron/core/platform/profile.ts'
import { practiceAccess } from '../../electron/practice/profile.ts'
import type { PracticeProfileInput } from '../../electron/practice/profile.ts'
import { variant } from '../../electron/practice/variants.ts'
import type { Variant } from '../../electron/practice/variants.ts'

/** The practice profile of a plain gateway: none comes with the program. */
const plainProfile = (): RegionProfile => {
  const profile = loadProfile(shippedProfileFile('practice'))
  const { url, keepAliveMs, clockSkewPattern } = profile.transport
  return parseProfile({
    ...profile, envelope: { ...profile.envelope, receiverSystem: 'fsi' },
    transport: { kind: 'plain', url, keepAliveMs, clockSkewPattern, refusedBeforePlatform: ['994', '995'], privateKey: { value: practiceAccess.sm2PrivateKey } },
  }, 'plain')
}
const digested = (): RegionProfile => parseProfile({ ...loadProfile(shippedProfileFile('practice')), sealing: { kind: 'sm3' } }, 'sm3')

export interface PracticeShape {
  readonly name: string
  readonly profile: () => RegionProfile
  readonly province: PracticeProfileInput
}
const shape = (name: string, profile: () => RegionProfile, of: Variant, more: PracticeProfileInput = {}): PracticeShape => ({ name, profile, province: { ...variant(of), ...more } })
const shipped = (name: string) => (): RegionProfile => loadProfile(shippedProfileFile(name))

/** Every way to the practice province, with the province that wants it so. */
export const PRACTICE_SHAPES: readonly PracticeShape[] = [
  shape('csb', shipped('practice'), 'csb'),
  shape('tif', shipped('practice-tif'), 'tif'),
  shape('token and SM2/SM3/SM4', shipped('practice-sm'), 'sm'),
  shape('signed envelope', plainProfile, 'plain'),
  shape('csb with an SM3 digest', digested, 'csb', { cainfo: 'sm3' }),
]

/** The shape's profile at a running province, with time-outs that a test can wait for. */
export const shapedProfile = (of: PracticeShape, practice: PracticeDoors, timeoutMs: number): RegionProfile =>
  ({ ...atPractice(of.profile(), practice), timeouts: { connectMs: Math.floor(timeoutMs / 2), defaultMs: timeoutMs, perTransaction: {} } })
