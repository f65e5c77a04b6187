import type { BusinessDate, Instant } from '../contract/index.ts'
import { businessDate } from '../domain/calendar.ts'
import type { House } from './house.ts'

/** The one clock, as an instant. */
export const now = (house: Pick<House, 'clock'>): Instant => house.clock() as Instant
export const today = (house: Pick<House, 'clock'>): BusinessDate => businessDate(now(house))
