/** UUIDs of the seventh form that count up: the same run has the same ids. */
export const countingIds = (from = 0): (() => string) => {
  let last = from
  return () => `01930000-0000-7000-8000-${(++last).toString(16).padStart(12, '0')}`
}
