import { AppError } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { today } from '../now.ts'
import { operatorOf } from '../person/read-person.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { callerOf } from '../rpc/handlers.ts'
import { catalogueDetail, catalogueState, searchCatalogue } from './catalogue-view.ts'
import { catalogueProgress, updateCatalogue } from './update-catalogue.ts'

export const catalogueHandlers = (house: House): Pick<Handlers, Extract<keyof Handlers, `catalogue.${string}`>> => ({
  'catalogue.getState': (_call, { changes }) => catalogueState(house, changes),
  'catalogue.search': (_call, { text, limit }) => searchCatalogue(house, text, limit),
  'catalogue.getItem': (_call, { code, on }) => catalogueDetail(house, code.trim(), on ?? today(house)),
  'catalogue.update': (call) => {
    const caller = callerOf(call)
    if (house.catalogue.folder === '') throw new AppError('catalogue.none', 'no folder for a catalogue')
    if (catalogueProgress(house) !== null) throw new AppError('catalogue.busy', 'an update is under way')
    // Minutes: nobody waits on the line for it, the page asks how it goes.
    updateCatalogue(house, caller.staffId, operatorOf(caller)).catch((error: unknown) => house.log.error({ err: error }, 'the catalogue was not updated'))
    return { started: true }
  },
})
