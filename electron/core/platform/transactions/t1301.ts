import { outputNodesOf } from './catalogue-file.ts'

/** 1301 western and Chinese patent drugs: 97 columns. */
export type { CatalogueFile } from './catalogue-file.ts'
export { build, input, read } from './catalogue-file.ts'
export const outputNodes = outputNodesOf()
