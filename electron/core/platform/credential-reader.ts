import type { Credential } from '../../contract/index.ts'
import type { Operator, ResolvedCredential } from './client.ts'

/**
 * Turns what was scanned, put on a reader or typed into what the platform wants. The voucher's QR is decoded by a local service (6101), cards by a reader.
 * Errors: AppError credential.unreadable, credential.expired, credential.name-required.
 */
export interface CredentialReader {
  /** `operator`: who is at the till; the voucher service wants to know. */
  resolve(operator: Operator, credential: Credential): Promise<ResolvedCredential>
}
