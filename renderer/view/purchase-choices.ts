import type { Person, PurchaseKind, PurchaseType } from '../../electron/contract/index.ts'
import type { PurchaseChoice } from '../till/person.ts'

/** Kinds that are bought for a filed disease. */
const FOR_A_DISEASE: ReadonlySet<PurchaseKind> = new Set<PurchaseKind>(['chronic', 'two-disease', 'special-drug'])

/** What F4 offers for this person: a kind once for every valid filing where filings are what it is about, always self-paid at the end. */
export const purchaseChoices = (kinds: readonly PurchaseKind[], person: Person | null): readonly PurchaseChoice[] => [
  ...kinds.flatMap((kind): readonly PurchaseChoice[] => {
    const filings = FOR_A_DISEASE.has(kind) ? (person?.filings.filter((filing) => filing.valid) ?? []) : []
    return filings.length === 0
      ? [{ kind, diseaseCode: null, diseaseName: null }]
      : filings.map(({ diseaseCode, diseaseName }) => ({ kind, diseaseCode, diseaseName }))
  }),
  'self-paid',
]

export const isChosen = (choice: PurchaseChoice, insured: boolean, type: PurchaseType): boolean =>
  choice === 'self-paid' ? !insured : insured && choice.kind === type.kind && choice.diseaseCode === type.diseaseCode
