import { z } from 'zod'
import { Pattern } from './fields.ts'

const Demand = z.enum(['show', 'decide', 'stop'])

/**
 * 明细审核: 3101 before the trial, 3102 before settling, 3103 what the pharmacist decided.
 * The tables were written for hospitals. Where a purchase in a pharmacy has no value for a required field, this says what is sent; nothing is made up.
 *
 * | field | where its value comes from |
 * |---|---|
 * | `patn_id` `patn_name` `gend` `brdy` `poolarea` `insutype` | 1101, and the insurance chosen in the sale; `brdy` from a resident's ID number where 1101 did not say it |
 * | `curr_mdtrt_id` `mdtrt_id` | our own visit number, the one 3505 sends for a self-paid sale: the platform's is given by the settlement |
 * | `medins_id` `medins_name` `medins_admdvs` | `institution`, `envelope.admvs` |
 * | `medins_type` `medins_lv` | `institutionType` (the table of kinds has no pharmacy), `institutionLevel` (11 无等级) |
 * | `adm_date` `dscg_date` `drord_begn_date` | the moment of the purchase |
 * | `dscg_main_dise_codg` `dscg_main_dise_name` `fsi_diagnose_dtos` | the filed disease of a chronic purchase; else `none`, and no diagnosis row |
 * | `dr_codg` `adm_dept_*` `dscg_dept_*` `drord_dept_*` `drord_dr_*` `rxno` | `none`: nobody prescribed, there is no department |
 * | `drord_dr_profttl` | `prescriberTitle`: the table of titles has no word for "none" |
 * | `med_mdtrt_type` | 3 购药 · `med_type`: `purchaseKinds` · `matn_stas`: 0 未知 · `reim_flag`: 2 联网报销 · `out_setl_flag`: whether the person's area is not ours |
 * | `medfee_sumamt` `sumamt` `cnt` | the sale · `pric` in whole fen, the amount stays exact |
 * | `ownpay_amt` `selfpay_amt` `acct_payamt` `hifp_payamt` | the trial's figures once there are any, else 0 = empty number (platform.md §2) |
 * | `setl_totlnum` | 1: a purchase is settled once |
 * | `hilist_type` `chrg_type` `hilist_lv` | kind and class of the drug · `hilist_pric`: the limit price of the trial, else 0 |
 * | `hilist_name` `hosplist_name` | the drug's name, cut at the 50 characters of the table · `long_drord_flag` 0 · `drord_bhvr` 1 临时医嘱 · `curr_drord_flag` 1 |
 */
export const AuditSection = z.strictObject({
  /** 3101 beside the cashier's work, as soon as person and lines are there. */
  beforeTrial: z.boolean().default(true),
  /** 3102 at the settle key, once for a basket. */
  beforeSettle: z.boolean().default(true),
  /** 3103. */
  feedback: z.boolean().default(true),
  /** Shorter than the trial's: a check that is late is no check. */
  timeLimitMs: z.int().min(100).max(30_000).default(2_000),
  /** The basket has not changed for so long: then it is asked about. */
  quietMs: z.int().min(0).max(10_000).default(400),
  /** After a service that did not answer, no sale waits for it for so long; a person may ask at any time. */
  restMs: z.int().min(0).max(3_600_000).default(60_000),
  /** 严重程度 1 明确违规, 2 高度可疑, 3 轻度可疑. stop: the fund is not asked to pay it · decide: the pharmacist keeps it with a reason or takes it out · show: it is told. */
  severities: z.strictObject({ definite: Demand.default('stop'), 'highly-suspect': Demand.default('decide'), 'slightly-suspect': Demand.default('show') }).prefault({}),
  /** A check that could not be asked is noted and shown; whether it stops the sale. */
  whenUnavailable: z.enum(['go-on', 'stop']).default('go-on'),
  /** 3103 for a finding that was answered already. */
  alreadyToldPattern: Pattern.default('已(经)?(反馈|处理)|重复反馈'),
  /** 触发场景 of 3101 and 3102; the paper names the field and not its values [U]. 10: purchase, in other areas' papers. */
  scenes: z.strictObject({ beforeTrial: z.string().min(1).max(3).default('10'), beforeSettle: z.string().min(1).max(3).default('10') }).prefault({}),
  institutionType: z.string().min(1).max(3).default('P9'),
  institutionLevel: z.string().min(1).max(3).default('11'),
  /** "None" where a word is required. */
  none: z.string().min(1).max(20).default('无'),
  prescriberTitle: z.string().min(1).max(3).default('无'),
}).prefault({})
