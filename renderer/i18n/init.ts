import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { narrowApostrophes } from './apostrophes.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

const english = JSON.parse(narrowApostrophes(JSON.stringify(en))) as typeof en

export type Language = 'zh-CN' | 'en'

export const startLanguage = async (language: Language): Promise<void> => {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'ui',
    ns: ['ui'],
    resources: { 'zh-CN': { ui: zhCN }, en: { ui: english } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}
