import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { goTo } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import type { Choice } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useStore } from '../../ui/store.ts'
import { useTill, useTillState, useTools } from '../../ui/tools.ts'
import type { Page } from '../../till/till-state.ts'

const VOLUMES = [0, 1, 2, 3, 4] as const

/** F10: the pages around the till and what this screen remembers. Only what works is listed. */
export const MenuDialog = (): ReactNode => {
  const { t, i18n } = useTranslation()
  const till = useTill()
  const { settings } = useTools()
  const shown = useStore(settings, (state) => state)
  const staff = useTillState((state) => state.staff)
  const practice = useTillState((state) => state.status?.practice === true)
  const dock = useTillState((state) => state.practiceDock)
  const close = (): void => till.store.set({ overlay: null })
  const go = (page: Page): void => goTo(till, page)
  const entries: readonly (Choice & { readonly run: () => void })[] = [
    { id: 'shift', label: t('menu.shift'), run: () => go('shift') },
    { id: 'sales', label: t('menu.sales'), aside: 'F7', run: () => go('sales') },
    { id: 'pack', label: t('menu.pack'), run: () => go('pack') },
    { id: 'map', label: t('menu.map'), run: () => go('map') },
    { id: 'mapping', label: t('menu.mapping'), run: () => go('mapping') },
    { id: 'catalogue', label: t('menu.catalogue'), run: () => go('catalogue') },
    { id: 'goods', label: t('menu.goods'), run: () => go('goods') },
    { id: 'uncoded', label: t('menu.uncoded'), run: () => go('uncoded') },
    { id: 'recall', label: t('menu.recall'), run: () => go('recall') },
    { id: 'uploads', label: t('menu.uploads'), run: () => go('uploads') },
    { id: 'alarm', label: t('menu.alarm'), run: () => go('alarm') },
    { id: 'reconcile', label: t('menu.reconcile'), run: () => go('reconcile') },
    ...(staff?.role === 'manager' ? [{ id: 'audit', label: t('menu.audit'), run: () => go('audit') }] : []),
    ...(practice
      ? [
          {
            id: 'practice',
            label: dock ? t('menu.practice-off') : t('menu.practice'),
            run: () => till.store.set({ practiceDock: !dock, page: 'till', overlay: null }),
          },
          { id: 'lessons', label: t('menu.lessons'), run: () => go('lessons') },
        ]
      : []),
    {
      id: 'language',
      label: t('menu.language'),
      aside: shown.language === 'zh-CN' ? 'English' : '中文',
      run: () => {
        const language = shown.language === 'zh-CN' ? 'en' : 'zh-CN'
        settings.set({ language })
        void i18n.changeLanguage(language)
      },
    },
    {
      id: 'theme',
      label: t('menu.theme'),
      aside: t(`menu.theme-${shown.theme === 'light' ? 'dark' : 'light'}`),
      run: () => settings.set({ theme: shown.theme === 'light' ? 'dark' : 'light' }),
    },
    {
      id: 'volume',
      label: t('menu.volume'),
      aside: shown.volume === 0 ? t('menu.silent') : '▮'.repeat(shown.volume) + '▯'.repeat(4 - shown.volume),
      run: () => {
        settings.set({ volume: VOLUMES[(shown.volume + 1) % VOLUMES.length] ?? 3 })
        till.play('ok')
      },
    },
  ]
  return (
    <Dialog
      title={t('menu.title')}
      width={720}
      onClose={close}
      keys={{ F10: close }}
      testid="menu"
      footer={<KeyButton name="Escape" label={t('common.back')} onPress={close} />}
    >
      <Choices level={21} wide testid="menu" choices={entries} onChoose={(id) => entries.find((entry) => entry.id === id)?.run()} />
    </Dialog>
  )
}
