import type { PhotoType } from '../../contract/index.ts'

const at = (bytes: Uint8Array, offset: number, text: string): boolean =>
  Array.from(text).every((letter, index) => bytes[offset + index] === letter.codePointAt(0))

/** What a picture is by its first bytes, whatever its name says; null: none of those we keep. */
export const pictureType = (bytes: Uint8Array): PhotoType | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (bytes[0] === 0x89 && at(bytes, 1, 'PNG\r\n') && bytes[6] === 0x1a && bytes[7] === 0x0a) return 'image/png'
  return at(bytes, 0, 'RIFF') && at(bytes, 8, 'WEBP') ? 'image/webp' : null
}
