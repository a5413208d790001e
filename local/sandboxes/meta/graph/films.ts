import { failure, problemOnPage } from '../film-rules.ts'
import { readMp4 } from '../mp4.ts'
import { type Start, startOf } from '../processing.ts'
import type { Video } from '../videos.ts'
import type { GraphCall } from './call.ts'

/** Keeps a film for a Page, and says how the work on it will end. */
export function pageFilm(
  { meta, conditions }: Pick<GraphCall, 'meta' | 'conditions'>,
  bytes: Uint8Array,
  surface: Video['surface'],
): { file: string | null; start: Start } {
  const film = readMp4(bytes)
  const usual = {
    takesMs: meta.ground.settings.values.video_processing_ms,
    failure: problemOnPage(film, bytes.byteLength, surface),
  }
  const start = startOf(conditions.processing, usual, failure(1363008, 'The video could not be processed.'))
  if (!film) return { file: null, start }
  const { width, height, durationMs } = film
  const mime = film.container === 'mov' ? 'video/quicktime' : 'video/mp4'
  return { file: meta.files.keep({ bytes, mime, width, height, durationMs }), start }
}
