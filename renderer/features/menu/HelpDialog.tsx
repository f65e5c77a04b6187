import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'
import type { Page } from '../../till/till-state.ts'
import { HELP } from '../../view/help.ts'

const helpPage = (page: Page): keyof typeof HELP => (page in HELP ? (page as keyof typeof HELP) : 'page')

/** F1: what the keys of this screen do. */
export const HelpDialog = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const page = useTillState((state) => state.page)
  const close = (): void => till.store.set({ overlay: null })
  return (
    <Dialog
      title={t('help.title')}
      width={920}
      onClose={close}
      keys={{ F1: close, Enter: close }}
      testid="help"
      footer={<KeyButton name="Escape" label={t('common.back')} onPress={close} />}
    >
      <div className="help-columns">
        {HELP[helpPage(page)].map((group) => (
          <section key={group.title}>
            <h3>{t(`help.${group.title}`)}</h3>
            <dl>
              {group.keys.map(({ names, text }) => (
                <div key={text}>
                  <dt>
                    {names.map((name, index) => (
                      <KeyCap key={index} name={name} />
                    ))}
                  </dt>
                  <dd>{t(`help.${text}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
