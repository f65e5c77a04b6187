import type { IssuerRules } from './issuer-rules.ts'

/** Facts that cannot be read from a code itself. The shop's own three-code map is handed over in the same shape. */
export interface KnownCodes {
  /** 码上放心 identifier (7 digits), or `mapKey` of another issuer's → package level, 1 = smallest pack. */
  readonly levels: Readonly<Record<string, number>>
  /** National code (23 characters) → 本位码. */
  readonly baseCodes: Readonly<Record<string, string>>
  /** Rules of issuers that are not shipped, from the shop's rule file. */
  readonly issuers?: IssuerRules | undefined
  /** Is this GTIN-14 an outer pack's that the shop knows? Asked only where the digits could be a 本位码 as well. */
  readonly isGtin?: ((gtin: string) => boolean) | undefined
  /** Does the shop know this 本位码? Asked in the same case. */
  readonly isBaseCode?: ((baseCode: string) => boolean) | undefined
}

/**
 * The public samples (trace-codes.md §1.2 and §3.1): one product whose carton, inner pack and smallest pack have an identifier each,
 * and one national code published together with its 本位码. Examples to show the shape; a shop's map knows more.
 */
export const PUBLIC_SAMPLES: KnownCodes = {
  levels: { '8021761': 3, '8021762': 2, '8206233': 1 },
  baseCodes: { XA01ABD075A002010100483: '86900483000019' },
}
