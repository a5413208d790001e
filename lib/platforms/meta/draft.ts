import type { DraftMedia, PostDraft, Problem } from '../contract.ts'

/** Shared by the validators of both networks; runs in the composer too. */
export const count = new Intl.NumberFormat('en-GB')

export type Say = (
  code: string,
  field: Problem['field'],
  message: string,
  severity?: Problem['severity'],
) => void

export function videosOf({ media }: PostDraft): DraftMedia[] {
  return media.filter(({ mimeType }) => mimeType.startsWith('video/'))
}

export function imagesOf({ media }: PostDraft): DraftMedia[] {
  return media.filter(({ mimeType }) => !mimeType.startsWith('video/'))
}

/** Width by height; null where nobody has measured it yet. */
export function ratioOf({ width, height }: DraftMedia): number | null {
  return width && height ? width / height : null
}

type Range = { min: number; max: number }

/** What a network asks of a video, with the actual value and the limit in each sentence. */
export function sayOfVideo(
  video: DraftMedia,
  rules: { where: string; prefix: string; maxBytes: number; durationMs: Range; ratio?: Range },
  say: Say,
): void {
  const { where, prefix, maxBytes, durationMs, ratio } = rules
  const { sizeBytes, durationMs: lasts } = video
  if (sizeBytes !== undefined && sizeBytes > maxBytes) {
    say(
      `${prefix}_video_too_heavy`,
      'media',
      `${where} take up to ${mebibytes(maxBytes)}; this video has ${mebibytes(sizeBytes)}.`,
    )
  }
  if (lasts && (lasts < durationMs.min || lasts > durationMs.max)) {
    say(
      `${prefix}_video_length`,
      'media',
      `${where} last from ${seconds(durationMs.min)} to ${seconds(durationMs.max)} seconds; this video lasts ${seconds(lasts)}.`,
    )
  }
  const shape = ratioOf(video)
  if (ratio && shape !== null && (shape < ratio.min || shape > ratio.max)) {
    say(
      `${prefix}_video_shape`,
      'media',
      `${where} are from ${ratio.min}:1 to ${ratio.max}:1; this video is ${shapeOf(video)}.`,
    )
  }
}

/** "1,080 × 1,920 (0.56:1)" */
export function shapeOf(media: DraftMedia): string {
  const ratio = ratioOf(media)
  const pixels = `${count.format(media.width ?? 0)} × ${count.format(media.height ?? 0)}`
  return ratio === null ? pixels : `${pixels} (${Math.round(ratio * 100) / 100}:1)`
}

function mebibytes(bytes: number): string {
  return `${count.format(Math.round((bytes / 1024 / 1024) * 10) / 10)} MiB`
}

function seconds(ms: number): string {
  return count.format(Math.round(ms / 100) / 10)
}
