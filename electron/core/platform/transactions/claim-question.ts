import { z } from 'zod'
import type { BusinessDate, ClaimSeverity, Fen, Instant, InsuranceClass, LineFigures, LineId, Quantity, SettlementFigures, UnitPrice } from '../../../contract/index.ts'
import { fen } from '../../../contract/index.ts'
import { formatQuantity } from '../../../domain/amounts.ts'
import { neededText, rows, someAmount, someText } from '../answer-fields.ts'
import type { PlatformInsurance, PlatformPerson } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import { date, dateTime, decimal, text } from '../wire-fields.ts'
import { wireNumber } from '../wire-json.ts'
import { flag, localTime, whole, yuan } from './wire-values.ts'

/** What 3101 and 3102 say alike: one person, one visit, its diagnoses and its order lines. */

export interface ClaimLine {
  readonly lineId: LineId
  readonly nationalCode: string
  readonly drugId: string
  readonly name: string
  readonly spec: string
  readonly unitName: string
  readonly kind: 'western' | 'chinese-patent' | 'pieces'
  readonly insuranceClass: InsuranceClass
  readonly quantity: Quantity
  readonly unitPrice: UnitPrice
  readonly amountFen: Fen
}
/** A basket to be checked by the province's rules. */
export interface ClaimQuestion {
  readonly stage: 'before-trial' | 'before-settle'
  /** Ours, unique for the sale. */
  readonly visitId: string
  readonly person: PlatformPerson
  readonly bornOn: BusinessDate | null
  readonly insurance: PlatformInsurance
  readonly purchaseKind: string
  readonly disease: { readonly code: string; readonly name: string } | null
  readonly at: Instant
  readonly totalFen: Fen
  readonly lines: readonly ClaimLine[]
  /** The trial's; null before it. */
  readonly figures: SettlementFigures | null
}

const diagnosis = z.strictObject({
  dise_id: text(50), inout_dise_type: text(3, 'inout_diag_type'), maindise_flag: text(3, 'maindiag_flag'), dias_srt_no: text(2), dise_codg: text(30), dise_name: text(200), dise_date: dateTime(),
})

const extension = z.strictObject({
  o_prdDays: text(10).optional(), o_minPacCnt: text(30).optional(), o_minPrepunt: text(30).optional(), o_minPacUnt: text(30).optional(), o_drugSpec: text(30).optional(),
  o_firstItemFlag: text(5).optional(), o_sinDosDscr: text(50).optional(), o_used_frqu_dscr: text(50).optional(),
})

const order = z.strictObject({
  rx_id: text(50), rxno: text(20), grpno: text(20).optional(), long_drord_flag: text(3), hilist_type: text(3, 'list_type'), chrg_type: text(3, 'med_chrgitm_type'), drord_bhvr: text(3, 'drord_type'),
  // 20 in the table, which no national code of a western drug (23) fits; 50 as everywhere else.
  hilist_code: text(50),
  hilist_name: text(50), hilist_dosform: text(50).optional(), hilist_lv: text(3), hilist_pric: decimal(16, 2), lv1_hosp_item_pric: decimal(16, 2).optional(), lv2_hosp_item_pric: decimal(16, 2).optional(),
  lv3_hosp_item_pric: decimal(16, 2).optional(), hilist_memo: text(200).optional(), hosplist_code: text(20), hosplist_name: text(50), hosplist_dosform: text(20).optional(), cnt: decimal(6, 2), pric: decimal(16, 2),
  sumamt: decimal(16, 2), ownpay_amt: decimal(16, 2), selfpay_amt: decimal(16, 2), spec: text(100), spec_unt: text(20), drord_begn_date: dateTime(), drord_stop_date: dateTime().optional(),
  drord_dept_codg: text(30), drord_dept_name: text(50), drord_dr_codg: text(30), drord_dr_name: text(30),
  // A code table of doctors' titles: it has no word for "nobody prescribed", the profile has one.
  drord_dr_profttl: text(3), curr_drord_flag: text(3), extend_order_map: extension.optional(),
})

const operation = z.strictObject({
  setl_list_oprn_id: text(30), oprn_code: text(30).optional(), oprn_name: text(500).optional(), main_oprn_flag: text(3), oprn_date: date().optional(), anst_way: text(30).optional(), oper_dr_name: text(50).optional(),
  oper_dr_code: text(30).optional(), anst_dr_name: text(50).optional(), anst_dr_code: text(30).optional(),
})

const encounter = z.strictObject({
  mdtrt_id: text(50), medins_id: text(50), medins_name: text(200), medins_admdvs: text(6), medins_type: text(3, 'medins_type'), medins_lv: text(3, 'hosp_lv'), wardarea_codg: text(20).optional(), wardno: text(20).optional(),
  bedno: text(20).optional(), adm_date: dateTime(), dscg_date: dateTime(), dscg_main_dise_codg: text(20), dscg_main_dise_name: text(50), fsi_diagnose_dtos: z.array(diagnosis), dr_codg: text(20), adm_dept_codg: text(20),
  adm_dept_name: text(50), dscg_dept_codg: text(20), dscg_dept_name: text(50), med_mdtrt_type: text(3, 'med_mdtrt_type'),
  // 3 in the table; the same code is 6 wide in 2101, and its code table has codes of four.
  med_type: text(6, 'med_type'),
  fsi_order_dtos: z.array(order).min(1), matn_stas: text(3, 'matn_stas'), medfee_sumamt: decimal(16, 2), ownpay_amt: decimal(16, 2), selfpay_amt: decimal(16, 2), acct_payamt: decimal(16, 2).optional(),
  ma_amt: decimal(16, 2).optional(), hifp_payamt: decimal(16, 2).optional(), setl_totlnum: decimal(4, 0), insutype: text(3, 'insutype'), reim_flag: text(3, 'reim_flag'), out_setl_flag: text(3, 'out_setl_flag'),
  fsi_operation_dtos: z.array(operation).optional(), dise_no: text(30).optional(), dise_name: text(500).optional(), sinc_heal_lv: text(30).optional(), his_md_cnt: text(50).optional(),
})

const patient = z.strictObject({ patn_id: text(50), patn_name: text(50), gend: text(3, 'gend'), brdy: date(), poolarea: text(10), curr_mdtrt_id: text(50), fsi_encounter_dtos: z.array(encounter).min(1) })

/** One of `rule_ids` and `trig_scen` is wanted; the paper prefers the second. */
export const input = z.strictObject({ data: z.strictObject({ patient_dtos: z.array(patient).min(1), rule_ids: z.array(text(50)).optional(), trig_scen: text(3) }) })

const GENDERS = { male: '1', female: '2', unknown: '9' } as const
const LIST_TYPES = { western: '101', 'chinese-patent': '101', pieces: '102' } as const
const CHARGE_TYPES = { western: '09', 'chinese-patent': '11', pieces: '10' } as const
const LEVELS = { A: '01', B: '02', none: '03' } as const
const PURCHASE = '3'
const ONLINE = '2'
const MATERNITY_UNKNOWN = '0'
const TEMPORARY = '1'
const DISCHARGE_DIAGNOSIS = '2'

/** Half up to whole fen: the table has two decimals where a unit price has six. */
const pricedInFen = (price: UnitPrice): Fen => fen(Math.round(price / 10_000))
const cut = (name: string, width: number): string => Array.from(name).slice(0, width).join('')
const amountOf = (figures: LineFigures | undefined, part: 'fullSelfPayFen' | 'preSelfPayFen'): Fen => figures?.[part] ?? fen(0)

type Settings = Pick<RegionProfile, 'audit' | 'institution' | 'envelope'>

const orderOf = (question: ClaimQuestion, line: ClaimLine, { audit }: Settings) => {
  const figures = question.figures?.lines.find((other) => other.lineId === line.lineId)
  return {
    rx_id: line.lineId, rxno: audit.none, long_drord_flag: flag(false), hilist_type: LIST_TYPES[line.kind], chrg_type: CHARGE_TYPES[line.kind], drord_bhvr: TEMPORARY,
    hilist_code: line.nationalCode, hilist_name: cut(line.name, 50), hilist_lv: LEVELS[line.insuranceClass], hilist_pric: yuan(figures?.priceLimit == null ? fen(0) : pricedInFen(figures.priceLimit)),
    hosplist_code: line.drugId, hosplist_name: cut(line.name, 50), cnt: wireNumber(formatQuantity(line.quantity).replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros))), pric: yuan(pricedInFen(line.unitPrice)),
    sumamt: yuan(line.amountFen), ownpay_amt: yuan(amountOf(figures, 'fullSelfPayFen')), selfpay_amt: yuan(amountOf(figures, 'preSelfPayFen')), spec: cut(line.spec, 100), spec_unt: line.unitName,
    drord_begn_date: localTime(question.at), drord_dept_codg: audit.none, drord_dept_name: audit.none, drord_dr_codg: audit.none, drord_dr_name: audit.none, drord_dr_profttl: audit.prescriberTitle, curr_drord_flag: flag(true),
  }
}

/** Throws ZodError for a value that the tables forbid or that nobody told us, such as the day of birth. */
export const build = (question: ClaimQuestion, medType: string, settings: Settings): z.infer<typeof input> => {
  const { audit, institution, envelope } = settings
  const { person, insurance, figures, disease } = question
  const at = localTime(question.at)
  return input.parse({
    data: {
      trig_scen: question.stage === 'before-trial' ? audit.scenes.beforeTrial : audit.scenes.beforeSettle,
      patient_dtos: [{
        patn_id: person.personNumber, patn_name: person.name, gend: GENDERS[person.gender], brdy: question.bornOn ?? undefined, poolarea: insurance.region, curr_mdtrt_id: question.visitId,
        fsi_encounter_dtos: [{
          mdtrt_id: question.visitId, medins_id: institution.code, medins_name: institution.name, medins_admdvs: envelope.admvs, medins_type: audit.institutionType, medins_lv: audit.institutionLevel, adm_date: at, dscg_date: at,
          dscg_main_dise_codg: disease?.code ?? audit.none, dscg_main_dise_name: cut(disease?.name ?? audit.none, 50),
          fsi_diagnose_dtos: disease === null ? [] : [{ dise_id: `${question.visitId}-1`, inout_dise_type: DISCHARGE_DIAGNOSIS, maindise_flag: flag(true), dias_srt_no: '1', dise_codg: disease.code, dise_name: disease.name, dise_date: at }],
          dr_codg: audit.none, adm_dept_codg: audit.none, adm_dept_name: audit.none, dscg_dept_codg: audit.none, dscg_dept_name: audit.none, med_mdtrt_type: PURCHASE, med_type: medType,
          fsi_order_dtos: question.lines.map((line) => orderOf(question, line, settings)), matn_stas: MATERNITY_UNKNOWN, medfee_sumamt: yuan(question.totalFen),
          ownpay_amt: yuan(figures?.fullSelfPayFen ?? fen(0)), selfpay_amt: yuan(figures?.preSelfPayFen ?? fen(0)), ...(figures === null ? {} : { acct_payamt: yuan(figures.accountFen), hifp_payamt: yuan(figures.pooledFundFen) }),
          setl_totlnum: whole(1), insutype: insurance.insuranceType, reim_flag: ONLINE, out_setl_flag: flag(insurance.region !== envelope.admvs),
          ...(disease === null ? {} : { dise_no: disease.code, dise_name: disease.name }),
        }],
      }],
    },
  })
}

const violationLine = z.object({ jrd_id: someText(50), patn_id: someText(50), mdtrt_id: someText(50), rx_id: someText(50), vola_item_type: someText(3, 'vola_item_type'), vola_amt: someAmount() })
export const outputNodes = {
  result: z.object({
    jr_id: neededText(50), rule_id: neededText(50), rule_name: neededText(200), vola_cont: neededText(500), patn_id: someText(50), mdtrt_id: someText(50), vola_amt: someAmount(), vola_amt_stas: someText(3, 'vola_amt_stas'), sev_deg: someText(3, 'sev_deg'),
    vola_evid: someText(500), vola_bhvr_type: someText(3, 'vola_bhvr_type'), task_id: someText(), judge_result_detail_dtos: rows(violationLine),
  }),
  judge_result_detail_dtos: violationLine,
}

/** A list, one row, or nothing where nothing was found. */
const output = z.preprocess((value) => (typeof value === 'object' && value !== null && !Array.isArray(value) && 'result' in value ? value.result : value), rows(outputNodes.result))

export interface FoundViolation {
  /** The platform's number of the finding. */
  readonly resultId: string
  readonly ruleId: string
  readonly ruleName: string
  readonly text: string
  readonly basis: string
  readonly severity: ClaimSeverity
  readonly amountFen: Fen
  readonly lines: readonly { readonly lineId: LineId; readonly role: 'violating' | 'involved' }[]
}

const SEVERITIES: Readonly<Record<string, ClaimSeverity>> = { 1: 'definite', 2: 'highly-suspect', 3: 'slightly-suspect' }
const INVOLVED = '2'

/** What was found in this basket; details about lines that are not ours are about something else. Throws ZodError. */
export const read = (answer: unknown, question: Pick<ClaimQuestion, 'lines'>): readonly FoundViolation[] =>
  output.parse(answer ?? null).map((found) => {
    const lines = found.judge_result_detail_dtos.flatMap((detail) => {
      const line = question.lines.find(({ lineId }) => lineId === detail.rx_id)
      return line === undefined ? [] : [{ lineId: line.lineId, role: detail.vola_item_type === INVOLVED ? ('involved' as const) : ('violating' as const) }]
    })
    return {
      resultId: found.jr_id, ruleId: found.rule_id, ruleName: found.rule_name, text: found.vola_cont, basis: found.vola_evid, severity: SEVERITIES[found.sev_deg] ?? 'unstated', amountFen: found.vola_amt,
      lines: [...new Map(lines.map((line) => [`${line.lineId}${line.role}`, line])).values()],
    }
  })

