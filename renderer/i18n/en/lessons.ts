import type { lessons as zh } from '../zh/lessons.ts'

/** The training menu. What the lessons themselves say is the province's data. */
export const lessons: typeof zh = {
  lessons: {
    title: 'Lessons',
    lead: 'Choose a lesson and the province misbehaves at once; use the till as usual and see how you cope.',
    playing: 'Now playing',
    gone: 'The practice province did not answer · lessons cannot be changed now; start again and retry',
    none: 'Nothing goes wrong',
    happens: 'What happens',
    todo: 'What to do',
    start: 'Start this lesson',
    end: 'End the lesson',
    page: "The province's own page (the trainer sees the other side)",
    'page-hint': 'Open it in a browser of this computer: its books and the messages',
  },
}
