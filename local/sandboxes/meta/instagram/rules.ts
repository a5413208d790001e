import sharp from 'sharp'
import { GraphError } from '../errors.ts'
import type { FetchedFile } from '../fetching.ts'
import type { Film } from '../mp4.ts'
import type { Failure } from '../processing.ts'

const MIB = 1024 * 1024

/** platforms/meta.md 10; meta.limits.yaml. */
export const INSTAGRAM_LIMITS = {
  captionChars: 2200,
  hashtags: 30,
  mentions: 20,
  altChars: 1000,
  imageBytes: 8 * MIB,
  imageRatio: { min: 0.8, max: 1.91 },
  carouselItems: { min: 2, max: 10 },
  containerLifeMs: 86_400_000,
  fps: { min: 23, max: 60 },
  filmWidth: 1920,
  audioHz: 48_000,
} as const

interface FilmLimits {
  bytes: number
  durationMs: { min: number; max: number }
  ratio: { min: number; max: number }
}
export const REEL_LIMITS: FilmLimits = {
  bytes: 300 * MIB,
  durationMs: { min: 3000, max: 900_000 },
  ratio: { min: 0.01, max: 10 },
}
export const STORY_LIMITS: FilmLimits = {
  bytes: 100 * MIB,
  durationMs: { min: 3000, max: 60_000 },
  ratio: { min: 0.1, max: 10 },
}

const MESSAGES: Readonly<Record<number, string>> = {
  2207003: 'It takes too long to download the media.',
  2207004: 'The image is too large to download. It should be less than 8 MiB.',
  2207005: 'The image format is not supported. Please check spec for supported JPEG format.',
  2207009:
    'The submitted image with aspect ratio cannot be published. Aspect ratio must be between 4:5 and 1.91:1.',
  2207010: 'The submitted image caption is too long or holds too many tags.',
  2207020: 'The media you are trying to access has expired. Please try to upload again.',
  2207023: 'The media type is unknown.',
  2207026: 'Unsupported video format. Please check spec for supported video formats.',
  2207027: 'The media is not ready to be published. Please wait a moment.',
  2207028:
    'Your post won’t work as a carousel. Carousels need at least 2 photos or videos and no more than 10.',
  2207042: 'You reached maximum number of posts that is allowed to be published by Content Publishing API.',
  2207052: 'The media could not be fetched from this URI.',
  2207053: 'An unknown error occurred while uploading the video.',
  2207077: 'The video could not be downloaded.',
}

export function instagramError(code: number, subcode: number, isTransient = false): GraphError {
  const message = MESSAGES[subcode] ?? 'The media could not be published.'
  return new GraphError(message, {
    code,
    subcode,
    isTransient,
    userTitle: 'Media not published',
    userMessage: message,
  })
}

export function filmFailure(code: number, subcode: number): Failure {
  return { code, subcode, message: MESSAGES[subcode] ?? 'The video could not be processed.' }
}

export function mustFitCaption(caption: string): void {
  const { captionChars, hashtags, mentions } = INSTAGRAM_LIMITS
  const isTooMuch =
    [...caption].length > captionChars ||
    (caption.match(/(?<![\p{L}\p{N}_&])#[\p{L}\p{N}_]+/gu) ?? []).length > hashtags ||
    (caption.match(/(?<![\p{L}\p{N}_])@[\p{L}\p{N}_.]+/gu) ?? []).length > mentions
  if (isTooMuch) throw instagramError(36004, 2207010)
}

/** @throws GraphError as the platform refuses a picture: when the container is made */
export async function readInstagramImage(fetched: FetchedFile, { isStory }: { isStory: boolean }) {
  if (fetched.kind === 'failed')
    throw fetched.reason === 'timeout' ? instagramError(-2, 2207003, true) : instagramError(9004, 2207052)
  const { bytes, contentType } = fetched
  if (!contentType.startsWith('image/')) throw instagramError(9004, 2207052)
  if (bytes.byteLength > INSTAGRAM_LIMITS.imageBytes) throw instagramError(36000, 2207004)
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) throw instagramError(36001, 2207005)
  const { width, height } = await jpegSize(bytes)
  const { min, max } = INSTAGRAM_LIMITS.imageRatio
  // Meta rounds: 4:5 of whole pixels is taken.
  if (!isStory && !isWithin(width / height, { min: min - 0.005, max: max + 0.005 }))
    throw instagramError(36003, 2207009)
  return { bytes, mime: 'image/jpeg', width, height, durationMs: null }
}

async function jpegSize(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  try {
    const { width, height, autoOrient } = await sharp(bytes).metadata()
    return { width: autoOrient.width ?? width, height: autoOrient.height ?? height }
  } catch {
    throw instagramError(36001, 2207005)
  }
}

/** Films are judged while they are processed; the container then ends in ERROR. */
export function problemWithFilm(film: Film | null, byteCount: number, limits: FilmLimits): Failure | null {
  const { fps, filmWidth, audioHz } = INSTAGRAM_LIMITS
  const isFine =
    film?.isIndexFirst === true &&
    /^(avc[13]|hvc1|hev1)$/.test(film.codec) &&
    (film.audio === null || (film.audio.codec === 'mp4a' && film.audio.hz <= audioHz)) &&
    isWithin(Math.round(film.fps), fps) &&
    isWithin(film.durationMs, limits.durationMs) &&
    isWithin(film.width / film.height, limits.ratio) &&
    film.width <= filmWidth &&
    byteCount <= limits.bytes
  return isFine ? null : filmFailure(352, 2207026)
}

function isWithin(value: number, { min, max }: { min: number; max: number }): boolean {
  return value >= min && value <= max
}
