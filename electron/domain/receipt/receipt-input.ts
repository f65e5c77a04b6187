import type { Fen, Quantity, UnitPrice } from '../../contract/money.ts'
import type { PurchaseKind } from '../../contract/sale.ts'
import type { TenderMethod } from '../../contract/session.ts'
import type { SettlementFigures } from '../../contract/settlement.ts'
import type { BusinessDate, Instant } from '../../contract/time.ts'

export interface ReceiptLine {
  readonly name: string
  readonly spec: string
  readonly maker: string
  readonly lotNumber: string
  readonly expiresOn: BusinessDate
  readonly quantity: Quantity
  /** 盒, or 片 for a split pack. */
  readonly unitName: string
  readonly splitPack: boolean
  readonly unitPrice: UnitPrice
  readonly amountFen: Fen
  /** As the platform settled it; null for a self-paid sale. */
  readonly chargeLevel: 'A' | 'B' | 'C' | null
  readonly prescriptionOnly: boolean
  /** Quantity: smallest units taken from a split pack. */
  readonly packs: readonly { readonly code: string; readonly virtual: boolean; readonly quantity: Quantity }[]
  /** Packs from the uncoded list without any code on this paper. */
  readonly withoutCode?: number
}

export interface ReceiptTender {
  readonly method: TenderMethod
  readonly amountFen: Fen
  readonly givenFen: Fen
  readonly changeFen: Fen
}

/** What a receipt says. All figures as at the sale, positive; a return prints them negated, never recomputed. */
export interface ReceiptInput {
  readonly kind: 'sale' | 'return'
  /** 练习: nothing on this paper is real. */
  readonly practice: boolean
  /** 重打: printed before. */
  readonly copy: boolean
  readonly shop: { readonly name: string; readonly institutionCode: string; readonly address: string; readonly phone: string }
  readonly receiptNumber: string
  readonly tillNumber: string
  readonly cashier: string
  /** When the sale closed, or was returned. */
  readonly at: Instant
  /** Only a copy names when it was printed. */
  readonly printedAt: Instant | null
  /** Already masked. */
  readonly person: { readonly nameMasked: string; readonly idMasked: string; readonly insuranceName: string; readonly personTypeName: string } | null
  readonly purchase: { readonly kind: PurchaseKind; readonly diseaseName: string | null } | null
  readonly lines: readonly ReceiptLine[]
  readonly totalFen: Fen
  /** The booked settlement; null for a self-paid sale. */
  readonly settlement: { readonly settlementId: string; readonly figures: SettlementFigures } | null
  /** Of a return: the refunds. */
  readonly tenders: readonly ReceiptTender[]
  readonly returnReason: string | null
  /** The shop's own words at the end; the legal ones are always printed. */
  readonly footer: readonly string[]
  /** For a QR at the end, e.g. the receipt number, so that a return can be found by a scan. */
  readonly qr: string | null
}
