import type { CompanyDifference } from '../../contract/index.ts'

const companyOfNational = (code: string): string | null => (/^[XZ].*\d{5}$/.test(code) ? code.slice(-5) : null)
const companyOfBase = (code: string): string | null => (/^869\d{11}$/.test(code) ? code.slice(3, 8) : null)

/** Last five characters of an NHSA code against digits 4–8 of the 本位码: agreed in the one sample that was published with both, so this warns only (trace-codes.md §3.1). */
export const companyDifference = (nationalCodes: readonly string[], baseCodes: readonly string[]): CompanyDifference | null => {
  for (const nationalCode of nationalCodes) {
    const company = companyOfNational(nationalCode)
    if (company === null || baseCodes.length === 0 || baseCodes.some((code) => companyOfBase(code) === company)) continue
    const baseCode = baseCodes.find((code) => companyOfBase(code) !== null)
    if (baseCode !== undefined) return { nationalCode, baseCode }
  }
  return null
}
