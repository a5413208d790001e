import { idrFrame, pictureParameters, repeatedFrame, sequenceParameters } from './h264.ts'

interface Mp4Wish {
  durationMs: number
  width: number
  height: number
  fps?: number
  /** Silent stereo AAC at 48 kHz. */
  hasAudio?: boolean
  /** The name in the sample entry; the frames are H.264 whatever it says. */
  codec?: 'avc1' | 'hvc1' | 'vp09'
  /** `qt  ` makes it a QuickTime movie. */
  brand?: 'isom' | 'qt  '
  /** Phones film lying down and write how to turn it. */
  isTurned?: boolean
  /** Cameras write the index last; platforms want it first. */
  indexLast?: boolean
  /** At least this many bytes, by padding. */
  sizeBytes?: number
  /** Two films with different marks differ in their bytes. */
  mark?: string
}

const TIMESCALE = 48_000
const AAC_FRAME_TICKS = 1024
const SILENCE = Buffer.from('210049900219002380', 'hex')
const IDENTITY = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]
const QUARTER_TURN = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000]

interface Track {
  id: number
  samples: readonly Buffer[]
  sampleTicks: number
  /** Numbers of the samples, from 1, at which playing may start. */
  keys: readonly number[] | null
  header: Buffer
  entry: Buffer
  handler: 'vide' | 'soun'
  shown: { width: number; height: number; matrix: readonly number[] }
}

/** A whole film of grey frames that decoders play: ftyp, moov, mdat. */
export function makeMp4(wish: Mp4Wish): Uint8Array<ArrayBuffer> {
  const { brand = 'isom', mark = '', indexLast = false, sizeBytes = 0 } = wish
  const ftyp = box('ftyp', ascii(brand), u32(512), ascii(brand), ...(brand === 'isom' ? [ascii('mp42')] : []))
  const tracks = [videoTrack(wish), ...(wish.hasAudio === false ? [] : [audioTrack(wish)])]
  const free = box('free', Buffer.from(mark))
  const samples = Buffer.concat(tracks.flatMap((track) => [...track.samples]))

  // The index says where the samples lie, and its own length, known only once it is made, is part of that.
  const indexBytes = movie(tracks, wish, 0).byteLength
  const start = ftyp.byteLength + free.byteLength + 8 + (indexLast ? 0 : indexBytes)
  const index = movie(tracks, wish, start)
  const padding = Math.max(
    0,
    sizeBytes - ftyp.byteLength - free.byteLength - 8 - indexBytes - samples.byteLength,
  )
  const film = box('mdat', samples, Buffer.alloc(padding))
  return new Uint8Array(Buffer.concat([ftyp, free, ...(indexLast ? [film, index] : [index, film])]))
}

function movie(tracks: readonly Track[], { durationMs }: Mp4Wish, firstByte: number): Buffer {
  let offset = firstByte
  const boxes = tracks.map((track) => {
    const at = offset
    offset += track.samples.reduce((sum, sample) => sum + sample.byteLength, 0)
    return trak(track, at)
  })
  const mvhd = fullBox(
    'mvhd',
    0,
    u32(0, 0, 1000, durationMs, 0x10000),
    u16(0x100),
    Buffer.alloc(10),
    matrix(IDENTITY),
    Buffer.alloc(24),
    u32(tracks.length + 1),
  )
  return box('moov', mvhd, ...boxes)
}

function videoTrack(wish: Mp4Wish): Track {
  const { durationMs, width, height, fps = 30, codec = 'avc1', isTurned = false } = wish
  const stored = isTurned ? { width: height, height: width } : { width, height }
  const [sps, pps] = [sequenceParameters(stored), pictureParameters()]
  const count = Math.max(1, Math.round((durationMs * fps) / 1000))
  const idr = [0, 1].map((id) => lengthPrefixed(idrFrame(stored, id)))
  // One key frame a second. Frames between repeat the one before, so they cost some bytes each.
  const repeats = Array.from({ length: 16 }, (_, number) => lengthPrefixed(repeatedFrame(stored, number)))
  const samples = Array.from({ length: count }, (_, frame) => {
    const sinceKey = frame % fps
    return (sinceKey === 0 ? idr[(frame / fps) % 2] : repeats[sinceKey % 16]) ?? Buffer.alloc(0)
  })
  const avcC = box(
    'avcC',
    u8(1, sps[1] ?? 0, sps[2] ?? 0, sps[3] ?? 0, 0xff, 0xe1),
    u16(sps.byteLength),
    sps,
    u8(1),
    u16(pps.byteLength),
    pps,
  )
  const entry = box(
    codec,
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(16),
    u16(stored.width, stored.height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(24, 0xffff),
    avcC,
  )
  return {
    id: 1,
    samples,
    sampleTicks: Math.round(TIMESCALE / fps),
    keys: Array.from({ length: Math.ceil(count / fps) }, (_, second) => second * fps + 1),
    header: fullBox('vmhd', 1, Buffer.alloc(8)),
    entry,
    handler: 'vide',
    shown: { ...stored, matrix: isTurned ? QUARTER_TURN : IDENTITY },
  }
}

function audioTrack({ durationMs }: Mp4Wish): Track {
  const count = Math.max(1, Math.floor((durationMs * TIMESCALE) / 1000 / AAC_FRAME_TICKS))
  const specific = descriptor(5, u8(0x11, 0x90)) // AAC LC, 48 kHz, stereo
  const decoder = descriptor(4, u8(0x40, 0x15, 0, 0, 0), u32(128_000, 128_000), specific)
  const esds = fullBox('esds', 0, descriptor(3, u16(1), u8(0), decoder, descriptor(6, u8(2))))
  return {
    id: 2,
    samples: new Array<Buffer>(count).fill(SILENCE),
    sampleTicks: AAC_FRAME_TICKS,
    keys: null,
    header: fullBox('smhd', 0, Buffer.alloc(4)),
    entry: box(
      'mp4a',
      Buffer.alloc(6),
      u16(1),
      Buffer.alloc(8),
      u16(2, 16),
      Buffer.alloc(4),
      u16(TIMESCALE, 0),
      esds,
    ),
    handler: 'soun',
    shown: { width: 0, height: 0, matrix: IDENTITY },
  }
}

function trak(track: Track, firstByte: number): Buffer {
  const { id, samples, sampleTicks, keys, header, entry, handler, shown } = track
  const ticks = samples.length * sampleTicks
  const tkhd = fullBox(
    'tkhd',
    3,
    u32(0, 0, id, 0, Math.round((ticks / TIMESCALE) * 1000), 0, 0),
    u16(0, 0, handler === 'soun' ? 0x100 : 0, 0),
    matrix(shown.matrix),
    u32(shown.width * 0x10000, shown.height * 0x10000),
  )
  const mdhd = fullBox('mdhd', 0, u32(0, 0, TIMESCALE, ticks), u16(0x55c4, 0)) // 55c4: "und"
  const hdlr = fullBox('hdlr', 0, u32(0), ascii(handler), Buffer.alloc(12), Buffer.from('Test\0'))
  const dinf = box('dinf', fullBox('dref', 0, u32(1), fullBox('url ', 1)))
  const stbl = box(
    'stbl',
    fullBox('stsd', 0, u32(1), entry),
    fullBox('stts', 0, u32(1, samples.length, sampleTicks)),
    ...(keys ? [fullBox('stss', 0, u32(keys.length, ...keys))] : []),
    fullBox('stsc', 0, u32(1, 1, samples.length, 1)),
    fullBox('stsz', 0, u32(0, samples.length), u32(...samples.map((sample) => sample.byteLength))),
    fullBox('stco', 0, u32(1, firstByte)),
  )
  return box('trak', tkhd, box('mdia', mdhd, hdlr, box('minf', header, dinf, stbl)))
}

function lengthPrefixed(unit: Buffer): Buffer {
  return Buffer.concat([u32(unit.byteLength), unit])
}

function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(body.byteLength + 8), ascii(type), body])
}

function fullBox(type: string, flags: number, ...parts: Buffer[]): Buffer {
  return box(type, u32(flags), ...parts)
}

function descriptor(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u8(tag, body.byteLength), body])
}

function matrix(values: readonly number[]): Buffer {
  return u32(...values.map((value) => value >>> 0))
}

const ascii = (text: string) => Buffer.from(text, 'latin1')
const u8 = (...values: number[]) => Buffer.from(values)

function u16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, index) => {
    bytes.writeUInt16BE(value, index * 2)
  })
  return bytes
}

function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4)
  })
  return bytes
}
