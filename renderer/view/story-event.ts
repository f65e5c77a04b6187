/** Events of domain/settlement.ts that the screen has words for. */
export const STORY_EVENTS = [
  'basket-changed',
  'quote-asked',
  'quote-answered',
  'quote-refused',
  'quote-lost',
  'settle-asked',
  'settle-answered',
  'settle-refused',
  'settle-not-sent',
  'settle-lost',
  'reverse-asked',
  'reverse-accepted',
  'reverse-refused',
  'reverse-lost',
  'cancel-asked',
  'cancel-accepted',
  'cancel-refused',
  'cancel-not-sent',
  'cancel-lost',
  'orphaned',
  'person-decided',
  'reconciled-booked',
  'reconciled-void',
] as const
export type StoryEvent = (typeof STORY_EVENTS)[number]

/** Null: shown as core wrote it. */
export const storyEventKey = (event: string): StoryEvent | null => STORY_EVENTS.find((known) => known === event) ?? null
