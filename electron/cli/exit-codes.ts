/** What a script may rely on; documented in --help. */
export const EXIT = {
  done: 0,
  /** Asked for and ended otherwise: a refused sale, a check that failed, an expectation not met. */
  otherwise: 1,
  /** The call itself is wrong: option, script, profile, file. */
  usage: 2,
  /** The shop's data cannot be opened: in use, damaged, wrong key, disk full. */
  data: 3,
  /** A defect of this program. */
  defect: 70,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
