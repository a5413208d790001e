import type { Film } from './mp4.ts'
import type { Failure } from './processing.ts'
import type { Video } from './videos.ts'

const MIB = 1024 * 1024
/** 9:16 as pixels allow: 1079×1920 is still taken. */
const PORTRAIT = { ratio: 9 / 16, tolerance: 0.01 }

/** platforms/meta.md 10 and meta.limits.yaml, by where on a Page the film is shown. */
const LIMITS = {
  feed: { bytes: 2048 * MIB, durationMs: { min: 1000, max: 2_400_000 }, isPortrait: false },
  reel: { bytes: 2048 * MIB, durationMs: { min: 3000, max: 90_000 }, isPortrait: true },
  story: { bytes: 2048 * MIB, durationMs: { min: 3000, max: 60_000 }, isPortrait: true },
} as const
const FPS = { min: 24, max: 60 }
const LEAST_PX = { width: 540, height: 960 }

/** What Facebook says in the error of the processing phase. */
export function problemOnPage(
  film: Film | null,
  byteCount: number,
  surface: Video['surface'],
): Failure | null {
  const { bytes, durationMs, isPortrait } = LIMITS[surface]
  if (!film) return failure(1363024, 'The video file you selected is in a format that we don’t support.')
  if (!/^(avc[13]|hvc1|hev1)$/.test(film.codec))
    return failure(1363024, 'The video’s codec is not supported.')
  if (byteCount > bytes) return failure(1363023, 'The video file you tried to upload is too large.')
  if (film.durationMs < durationMs.min) return failure(1363025, 'The video is too short.')
  if (film.durationMs > durationMs.max) return failure(1363026, 'The video is too long.')
  if (!isPortrait) return null
  if (film.width < LEAST_PX.width || film.height < LEAST_PX.height)
    return failure(1363022, 'The video is too small.')
  const isUpright = Math.abs(film.width / film.height - PORTRAIT.ratio) <= PORTRAIT.tolerance
  if (!isUpright) return failure(1363031, 'The video’s aspect ratio is not 9:16.')
  const fps = Math.round(film.fps)
  return fps < FPS.min || fps > FPS.max ? failure(1363032, 'The video’s frame rate is not supported.') : null
}

export function failure(subcode: number, message: string): Failure {
  return { code: 6000, subcode, message }
}
