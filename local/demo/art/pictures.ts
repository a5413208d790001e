import { marrowLanePictures } from './marrow-lane.ts'
import { oatAndEmberPictures } from './oat-and-ember.ts'
import { type Picture, renderJpeg } from './picture.ts'
import { tarnCyclesPictures } from './tarn-cycles.ts'

const pictures = { ...oatAndEmberPictures, ...marrowLanePictures, ...tarnCyclesPictures }

export type PictureName = keyof typeof pictures

/** The file that somebody uploads, with what they write below it. */
export async function takePicture(name: PictureName) {
  const picture: Picture = pictures[name]
  return { filename: `${name}.jpg`, alt: picture.alt, bytes: await renderJpeg(picture) }
}
