import type { ScanKind } from '../../contract/scan.ts'
import type { Recognised } from './recognised.ts'

/** The flat answer of `yaogui code`: every field always there, null where the code has none. */
export interface CodeDescription {
  readonly kind: ScanKind
  readonly issuer: string | null
  readonly drugIdentifier: string | null
  readonly serial: string | null
  readonly batch: string | null
  readonly expiry: string | null
  readonly level: number | null
  readonly production: string | null
  readonly gtinCheck: boolean | null
  readonly sterilisationLot: string | null
  readonly diCheck: boolean | null
  readonly piCheck: boolean | null
  readonly hibcCheck: boolean | null
  readonly province: string | null
  readonly enterprise: string | null
  readonly baseCode: string | null
  readonly check: boolean | null
  readonly error: string | null
}

const fieldsOf = (code: Recognised): Partial<CodeDescription> => {
  switch (code.kind) {
    case 'drug-trace':
      return { issuer: code.issuer, drugIdentifier: code.drugIdentifier, serial: code.serial, level: code.level }
    case 'gs1':
    case 'gs1-ambiguous':
      return {
        issuer: code.issuer,
        drugIdentifier: code.gtin,
        serial: code.serial,
        batch: code.lot,
        expiry: code.expiresOn,
        level: code.level,
        production: code.producedOn,
        gtinCheck: code.gtinCheck,
      }
    case 'gs1-partial':
      return { issuer: code.issuer, serial: code.serial, batch: code.lot, expiry: code.expiresOn, production: code.producedOn }
    case 'gs1-url':
      return {
        issuer: code.issuer,
        drugIdentifier: code.gtin,
        serial: code.serial,
        batch: code.lot,
        expiry: code.expiresOn,
        level: code.level,
        gtinCheck: code.gtinCheck,
      }
    case 'udi':
      return {
        issuer: code.issuer,
        drugIdentifier: code.drugIdentifier,
        serial: code.serial,
        batch: code.lot,
        expiry: code.expiresOn,
        level: code.level,
        production: code.producedOn,
        sterilisationLot: code.sterilisationLot,
        diCheck: code.diCheck,
        piCheck: code.piCheck,
        hibcCheck: code.hibcCheck,
      }
    case 'gtin':
      return { drugIdentifier: code.gtin, level: code.level, gtinCheck: code.gtinCheck }
    case 'sscc':
      return { issuer: code.issuer, check: code.check }
    case 'partial':
      return { drugIdentifier: code.drugIdentifier }
    case 'invalid':
      return { issuer: code.issuer, error: code.error }
    case 'insurance-ecert':
    case 'insurance-openplatform':
      return { province: code.province }
    case 'nhsa-drug':
    case 'nhsa-tcm-patent':
    case 'nhsa-herb':
    case 'nhsa-consumable':
    case 'nhsa-consumable-partial':
      return { enterprise: code.enterprise, baseCode: code.baseCode }
    case 'nmpa-base-code':
      return { enterprise: code.enterprise, check: code.check }
    case 'placeholder':
    case 'unknown':
    case 'rx-trace':
    case 'wechat-pay':
    case 'alipay-pay':
    case 'unionpay':
    case 'id-card':
    case 'approval-number':
      return {}
  }
}

const NOTHING: Omit<CodeDescription, 'kind'> = {
  issuer: null,
  drugIdentifier: null,
  serial: null,
  batch: null,
  expiry: null,
  level: null,
  production: null,
  gtinCheck: null,
  sterilisationLot: null,
  diCheck: null,
  piCheck: null,
  hibcCheck: null,
  province: null,
  enterprise: null,
  baseCode: null,
  check: null,
  error: null,
}

export const describeCode = (code: Recognised): CodeDescription => ({ kind: code.kind, ...NOTHING, ...fieldsOf(code) })
