import { grantAtCounter, grantByCode, grantOnline } from '../transactions/prescription-grant.ts'
import { listPrescriptionDrugs } from '../transactions/prescription-drugs.ts'
import {
  downloadPrescription, reviewPrescription, signDelivery, syncDelivery, undoDispensed, uploadDispensed, verifyPrescription,
} from '../transactions/prescription-use.ts'
import type { Open } from './open.ts'

/** Electronic prescriptions (72xx). */
export const prescription: Open = {
  7201: grantAtCounter,
  7202: grantOnline,
  7203: grantByCode,
  7204: downloadPrescription,
  7205: verifyPrescription,
  7206: reviewPrescription,
  7207: uploadDispensed,
  7208: undoDispensed,
  7209: syncDelivery,
  7210: signDelivery,
  7211: listPrescriptionDrugs,
}
