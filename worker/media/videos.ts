import { open, stat } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { EncodedPacketSink, FilePathSource, Input, MP4, QTFF } from 'mediabunny'
import type { Inspection } from './inspection.ts'
import type { LocalFile } from './local-files.ts'

/** Instagram's limits for a reel, the widest of any network that takes fewer than Facebook. */
export const MAX_VIDEO_BYTES = 300 * 1024 * 1024
const MAX_DURATION_MS = 15 * 60_000

const TYPES = ['video/mp4', 'video/quicktime']
/** Enough frames to tell 24 from 23.976, without reading the whole index of a long film. */
const FRAMES_MEASURED = 256

/**
 * Reads a film's containers and index: neither its name nor its declared type is believed. Its pictures are not
 * decoded; a film that breaks off, or holds none, is refused.
 */
export async function inspectVideo(local: LocalFile, claimedType: string): Promise<Inspection> {
  const { file, sizeBytes, hash } = local
  if (sizeBytes === 0) return { ok: false, code: 'media_empty', facts: {} }
  const found = (await fileTypeFromFile(file))?.mime
  if (!found) return { ok: false, code: 'media_type_unknown', facts: { claimed: claimedType } }
  // Cameras write either of the two into files of either name.
  if (!TYPES.includes(found)) {
    const code = found.startsWith('video/') ? 'media_type_not_allowed' : 'media_type_mismatch'
    return { ok: false, code, facts: { claimed: claimedType, found } }
  }

  const boxes = await topBoxes(file)
  if (!boxes) return { ok: false, code: 'video_unreadable', facts: { reason: 'the file breaks off' } }
  const input = new Input({ source: new FilePathSource(file), formats: [MP4, QTFF] })
  try {
    const video = await input.getPrimaryVideoTrack()
    if (!video) {
      return (await input.getPrimaryAudioTrack())
        ? { ok: false, code: 'video_without_pictures', facts: {} }
        : { ok: false, code: 'video_unreadable', facts: { reason: 'it holds nothing' } }
    }
    const durationMs = Math.round((await input.computeDuration()) * 1000)
    if (durationMs > MAX_DURATION_MS) {
      const facts = { duration_ms: durationMs, limit_ms: MAX_DURATION_MS }
      return { ok: false, code: 'video_too_long', facts }
    }
    const first = await new EncodedPacketSink(video).getFirstPacket()
    const [width, height] = [await video.getDisplayWidth(), await video.getDisplayHeight()]
    if (!first || first.data.byteLength === 0 || durationMs < 1 || width < 1 || height < 1) {
      return { ok: false, code: 'video_unreadable', facts: { reason: 'it holds no picture' } }
    }
    const audio = await input.getPrimaryAudioTrack()
    const { averagePacketRate } = await video.computePacketStats(FRAMES_MEASURED)
    return {
      ok: true,
      mime_type: found,
      size_bytes: sizeBytes,
      hash,
      width,
      height,
      duration_ms: durationMs,
      metadata: {
        video_codec: (await video.getCodec()) ?? 'unknown',
        audio_codec: audio ? ((await audio.getCodec()) ?? 'unknown') : null,
        fps: Math.round(averagePacketRate * 1000) / 1000,
        rotation: await video.getRotation(),
        index_first: boxes.indexOf('moov') < boxes.indexOf('mdat'),
      },
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, code: 'video_unreadable', facts: { reason: reason.slice(0, 200) } }
  } finally {
    input.dispose()
  }
}

/** The names of the outermost boxes in order; null where they do not fill the file, so that bytes are missing. */
async function topBoxes(file: string): Promise<string[] | null> {
  const { size } = await stat(file)
  const handle = await open(file)
  try {
    const names: string[] = []
    const header = Buffer.alloc(16)
    for (let at = 0; at < size; ) {
      const { bytesRead } = await handle.read(header, 0, 16, at)
      if (bytesRead < 8) return null
      const short = header.readUInt32BE(0)
      // 1: the length follows in eight bytes; 0: up to the end.
      if (short === 1 && bytesRead < 16) return null
      const length = short === 1 ? Number(header.readBigUInt64BE(8)) : short === 0 ? size - at : short
      if (length < 8 || at + length > size) return null
      names.push(header.toString('latin1', 4, 8))
      at += length
    }
    return names.includes('moov') && names.includes('mdat') ? names : null
  } finally {
    await handle.close()
  }
}
