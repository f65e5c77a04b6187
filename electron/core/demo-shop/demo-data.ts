import { z } from 'zod'
import { InsuranceClass } from '../../contract/index.ts'
import piecesData from './tables/pieces.json' with { type: 'json' }
import flagsData from './tables/prescription-flags.json' with { type: 'json' }
import productsData from './tables/products.json' with { type: 'json' }

const Product = z.strictObject({
  /** 1-based row of the source table. */
  row: z.int().positive(),
  nationalCode: z.string(),
  genericName: z.string(),
  tradeName: z.string(),
  kind: z.enum(['western', 'chinese-patent']),
  approvalNumber: z.string(),
  spec: z.string(),
  packSpec: z.string(),
  maker: z.string(),
  unitsPerPack: z.int().positive(),
  packUnit: z.string(),
  smallestUnit: z.string(),
  packPriceYuan: z.string(),
  insuranceClass: InsuranceClass,
  restriction: z.string(),
})
export type Product = z.infer<typeof Product>

const Piece = z.strictObject({ row: z.int().positive(), nationalCode: z.string(), name: z.string(), kilogramPriceYuan: z.string(), maker: z.string() })
export type Piece = z.infer<typeof Piece>

/** Read when a demo shop is loaded, not at every start. */
export const demoProducts = (): readonly Product[] => z.array(Product).parse(productsData)
export const demoPieces = (): readonly Piece[] => z.array(Piece).parse(piecesData)

const contains = (name: string, parts: readonly string[]): boolean => parts.some((part) => name.includes(part))

/** Made up for practice: see tables/prescription-flags.json. */
export const isPrescriptionOnly = ({ genericName, kind }: Pick<Product, 'genericName' | 'kind'>): boolean =>
  contains(genericName, flagsData.always) ||
  (kind === 'western' ? !contains(genericName, flagsData.westernWithout) : contains(genericName, flagsData.patentWith))

/** Listed in the table, but nothing a retail pharmacy may keep. */
export const isKeptInShop = ({ genericName }: Pick<Product, 'genericName'>): boolean => !contains(genericName, flagsData.notForRetail.names)
