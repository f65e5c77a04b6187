import type { Credential } from '../../contract/index.ts'
import type { ResolvedCredential } from './client.ts'

/**
 * Turns what was scanned, put on a reader or typed into what the platform wants. The voucher's QR is decoded by a local service (6101), cards by a reader.
 * Errors: AppError credential.unreadable, credential.expired, credential.name-required.
 */
export interface CredentialReader {
  resolve(credential: Credential): Promise<ResolvedCredential>
}
