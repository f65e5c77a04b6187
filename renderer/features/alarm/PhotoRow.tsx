import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { MAX_PHOTOS } from '../../../electron/contract/index.ts'
import type { AlarmPhoto } from '../../../electron/contract/index.ts'
import { useTill } from '../../ui/tools.ts'
import { readPicture } from './picture.ts'

const Photo = ({ photo, place }: { readonly photo: AlarmPhoto; readonly place: number }): ReactNode => {
  const { t } = useTranslation()
  const { core } = useTill()
  // A stored picture never changes.
  const { data } = useQuery({ queryKey: ['once', 'photo', photo.photoId], queryFn: () => readPicture(core, photo.photoId), staleTime: Infinity })
  return (
    <li className="photo">
      {data === undefined ? <span className="dim num">{place}</span> : <img src={data} alt={t('alarm.photo', { place })} data-testid="alarm-photo" />}
    </li>
  )
}

/** Pictures of the pack, and the slots that are free. */
export const PhotoRow = ({ photos }: { readonly photos: readonly AlarmPhoto[] }): ReactNode => {
  const { t } = useTranslation()
  return (
    <ul className="photos" data-testid="alarm-photos" data-count={photos.length}>
      {photos.map((photo, index) => (
        <Photo key={photo.photoId} photo={photo} place={index + 1} />
      ))}
      {photos.length < MAX_PHOTOS ? <li className="photo is-free">{t('alarm.photo-free')}</li> : null}
    </ul>
  )
}
