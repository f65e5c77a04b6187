import type { PracticeProfileInput } from './profile.ts'

/**
 * Shapes of the same province: what it wants in the envelope and what it calls things, as four known kinds of platform do. People, drugs, rules and books are the same.
 * All doors are open in every shape; the shape says which of them makes sense.
 */
export const VARIANTS = ['csb', 'tif', 'sm', 'plain'] as const
export type Variant = (typeof VARIANTS)[number]

const SHAPES: Readonly<Record<Variant, PracticeProfileInput>> = {
  csb: {},
  /** /tif: input as a JSON text, another receiver and version, other names and widths. */
  tif: {
    inputAs: 'json-text',
    receiverSystem: 'MBS_LOCAL',
    interfaceVersion: 'V1.0',
    names: { 2102: { durg_trac_info: 'drug_trac_info' }, 3505: { MDTRT_SETL_TYPE: 'mdtrt_setl_type' } },
    fieldOverrides: [
      { infno: '3505', node: 'drugtracinfo', code: 'drug_trac_codg', width: 100 },
      { infno: '3513', node: 'data', code: 'drug_trac_codg', width: 100 },
    ],
  },
  /** /oauth/token and /sm: signed with SM2, encrypted with SM4. */
  sm: { receiverSystem: 'YBXT', interfaceVersion: 'V1.0' },
  /** /plain: signed with SM2 in the envelope. */
  plain: { receiverSystem: 'fsi' },
}

export const variant = (name: Variant): PracticeProfileInput => SHAPES[name]
