import type { Credential, DrugId, LineId, Sale, SaleId, Staff, Status, TenderMethod } from '../../electron/contract/index.ts'
import { SILENCE } from './say.ts'
import type { Heard } from './say.ts'
import type { ScanVia } from '../keyboard/scan-input.ts'

export const PAGES = ['till', 'shift', 'sales', 'pack', 'map', 'mapping', 'catalogue', 'goods', 'uncoded', 'recall', 'uploads', 'reconcile', 'alarm', 'audit', 'lessons'] as const
export type Page = (typeof PAGES)[number]

/** A part of the till screen that has the keys for now. */
export type Panel = 'none' | 'find' | 'person' | 'purchase'

export type Overlay =
  | { readonly kind: 'menu' }
  | { readonly kind: 'help' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'recall' }
  | { readonly kind: 'void'; readonly lineId: LineId }
  | { readonly kind: 'split'; readonly lineId: LineId }
  | { readonly kind: 'take-uncoded'; readonly lineId: LineId }
  | { readonly kind: 'pay' }
  | { readonly kind: 'claim' }
  | { readonly kind: 'story'; readonly saleId: SaleId }
  | { readonly kind: 'open-shift' }

/** A pack whose drug nobody knew: the search answers that question instead of adding a line. */
export interface Picking {
  readonly raw: string
  readonly via: ScanVia
  /** Drugs that the code may be; shown before anything is typed. */
  readonly candidates: readonly DrugId[]
}

export type WaitingFor = 'quote' | 'settle' | 'person'
/** The platform was asked; `since` by the screen's own clock. */
export interface Waiting {
  readonly what: WaitingFor
  readonly since: number
  readonly saleId: SaleId
}

export interface TillState {
  readonly staff: Staff | null
  readonly locked: boolean
  readonly status: Status | null
  /** Core's clock minus ours when the status came, ms: ages and the clock follow core. */
  readonly clockAhead: number
  readonly page: Page
  /** The receipt or code that a page was opened for (go-see.ts). */
  readonly sought: string
  readonly panel: Panel
  readonly overlay: Overlay | null
  readonly sale: Sale | null
  readonly selected: LineId | null
  /** The line that the last scan touched, and how often one was: the row flashes. */
  readonly flash: { readonly lineId: LineId; readonly count: number } | null
  readonly digits: string
  /** What a letter typed at the screen opens the search with. */
  readonly findText: string
  /** Counts while the find panel is open. */
  readonly picking: Picking | null
  readonly heard: Heard
  readonly waiting: Waiting | null
  /** Sales left alone while the platform was asked about them. */
  readonly behind: readonly SaleId[]
  /** 待确认: how each ends is still to be told. */
  readonly awaited: readonly SaleId[]
  /** Scanned, but a name is wanted. Lives in memory only. */
  readonly halfCredential: Exclude<Credential, { kind: 'e-voucher' }> | null
  /** A payment code was scanned while paying: whose it was. A new object for every scan. */
  readonly payMethod: { readonly method: TenderMethod } | null
  readonly practiceDock: boolean
}

export const INITIAL_TILL: TillState = {
  staff: null,
  locked: false,
  status: null,
  clockAhead: 0,
  page: 'till',
  sought: '',
  panel: 'none',
  overlay: null,
  sale: null,
  selected: null,
  flash: null,
  digits: '',
  findText: '',
  picking: null,
  heard: SILENCE,
  waiting: null,
  behind: [],
  awaited: [],
  halfCredential: null,
  payMethod: null,
  practiceDock: false,
}
