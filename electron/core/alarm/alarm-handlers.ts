import { getSetting } from '../system/settings.ts'
import { reportText } from '../../domain/alarm/report-text.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { alarmView, listAlarms } from './alarm-view.ts'
import { askPlatform } from './ask-elsewhere.ts'
import { closeAlarm } from './close-alarm.ts'
import { markPack, raiseByHand, reportAlarm } from './mark-pack.ts'
import { addPhotoPart, getPhotoPart } from './photo-parts.ts'

export type AlarmProcedure = Extract<keyof Handlers, `alarm.${string}`>

/** The set-aside flow: an alarm is raised, marked, photographed, reported and closed. */
export const alarmHandlers = (house: House): Pick<Handlers, AlarmProcedure> => ({
  'alarm.listAlarms': (_call, asked) => [...listAlarms(house.db, asked)],
  'alarm.getAlarm': (_call, { alarmId }) => alarmView(house.db, alarmId),
  'alarm.raiseAlarm': atomic((call, { code, note }) => alarmView(house.db, raiseByHand(house, callerOf(call), code, note))),
  'alarm.markPack': atomic((_call, { alarmId, place, note }) => {
    markPack(house, alarmId, place, note)
    return alarmView(house.db, alarmId)
  }),
  'alarm.addPhoto': atomic((call, part) => addPhotoPart(house, callerOf(call), part)),
  'alarm.getPhoto': (_call, { photoId, part }) => getPhotoPart(house, photoId, part),
  'alarm.getReport': (call, { alarmId }) => {
    const { name, code } = house.profile.institution
    const facts = {
      shopName: getSetting(house.db, 'shop.name') ?? name,
      institutionCode: code,
      alarm: alarmView(house.db, alarmId),
      at: now(house),
      writtenBy: callerOf(call).staffName,
    }
    return { zh: reportText(facts, 'zh'), en: reportText(facts, 'en') }
  },
  'alarm.reportAlarm': atomic((call, { alarmId, to }) => {
    reportAlarm(house, callerOf(call), alarmId, to)
    return alarmView(house.db, alarmId)
  }),
  'alarm.askPlatform': (call, { code }) => askPlatform(house, callerOf(call), code),
  'alarm.closeAlarm': async (call, { alarmId, outcome, note }) => {
    await closeAlarm(house, callerOf(call), alarmId, outcome, note)
    return alarmView(house.db, alarmId)
  },
})
