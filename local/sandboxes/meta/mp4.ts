/** What the rules for films ask. */
export interface Film {
  /** `mp4` or `mov`, by the file's own mark. */
  container: 'mp4' | 'mov'
  /** Does the index stand before the pictures, so that playing may start at once? */
  isIndexFirst: boolean
  durationMs: number
  /** As shown: a film that lies on its side is turned first. */
  width: number
  height: number
  /** Four letters, e.g. `avc1`. */
  codec: string
  fps: number
  audio: { codec: string; hz: number } | null
}

interface Box {
  type: string
  view: DataView
}

/** @returns null for what is no film with pictures in it */
export function readMp4(bytes: Uint8Array): Film | null {
  try {
    return read(bytes)
  } catch (error) {
    // A box that says it is longer than the file: broken or cut off.
    if (error instanceof RangeError) return null
    throw error
  }
}

function read(bytes: Uint8Array): Film | null {
  const boxes = boxesOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const types = boxes.map(({ type }) => type)
  const [ftyp, moov] = [find(boxes, 'ftyp'), find(boxes, 'moov')]
  if (!ftyp || !moov || !types.includes('mdat')) return null
  const inside = boxesOf(moov.view)
  const tracks = inside.filter(({ type }) => type === 'trak').map(({ view }) => trackOf(boxesOf(view)))
  const pictures = tracks.find(({ handler }) => handler === 'vide')
  if (!pictures) return null
  const sound = tracks.find(({ handler }) => handler === 'soun')
  return {
    container: text(ftyp.view, 0) === 'qt  ' ? 'mov' : 'mp4',
    isIndexFirst: types.indexOf('moov') < types.indexOf('mdat'),
    durationMs: durationOf(find(inside, 'mvhd')),
    width: pictures.isTurned ? pictures.height : pictures.width,
    height: pictures.isTurned ? pictures.width : pictures.height,
    codec: pictures.codec,
    fps: pictures.durationMs === 0 ? 0 : pictures.samples / (pictures.durationMs / 1000),
    audio: sound ? { codec: sound.codec, hz: sound.hz } : null,
  }
}

function trackOf(track: Box[]) {
  const tkhd = find(track, 'tkhd')?.view
  const media = inner(track, 'mdia')
  const samples = inner(inner(media, 'minf'), 'stbl')
  const entry = find(samples, 'stsd')?.view
  const handler = find(media, 'hdlr')?.view
  // Version 1 writes its times in 8 bytes: 12 more before the matrix.
  const matrixAt = (tkhd && version(tkhd) === 1 ? 12 : 0) + 40
  return {
    handler: handler ? text(handler, 8) : '',
    width: tkhd ? tkhd.getUint32(matrixAt + 36) >>> 16 : 0,
    height: tkhd ? tkhd.getUint32(matrixAt + 40) >>> 16 : 0,
    isTurned: tkhd ? tkhd.getInt32(matrixAt) === 0 : false,
    codec: entry ? text(entry, 12) : '',
    hz: entry && entry.byteLength >= 44 ? entry.getUint32(40) >>> 16 : 0,
    durationMs: durationOf(find(media, 'mdhd')),
    samples: sampleCount(find(samples, 'stts')?.view),
  }
}

function durationOf(header: Box | undefined): number {
  if (!header) return 0
  const { view } = header
  const [timescale, duration] =
    version(view) === 1
      ? [view.getUint32(20), Number(view.getBigUint64(24))]
      : [view.getUint32(12), view.getUint32(16)]
  return timescale === 0 ? 0 : Math.round((duration / timescale) * 1000)
}

function sampleCount(times: DataView | undefined): number {
  if (!times) return 0
  let count = 0
  for (let entry = 0; entry < times.getUint32(4); entry++) count += times.getUint32(8 + entry * 8)
  return count
}

function inner(boxes: Box[], type: string): Box[] {
  const found = find(boxes, type)
  return found ? boxesOf(found.view) : []
}

function find(boxes: Box[], type: string): Box | undefined {
  return boxes.find((box) => box.type === type)
}

function boxesOf(view: DataView): Box[] {
  const boxes: Box[] = []
  let at = 0
  while (at + 8 <= view.byteLength) {
    const short = view.getUint32(at)
    const isLong = short === 1
    const header = isLong ? 16 : 8
    const size = short === 0 ? view.byteLength - at : isLong ? Number(view.getBigUint64(at + 8)) : short
    if (size < header) throw new RangeError('A box is shorter than its header.')
    boxes.push({
      type: text(view, at + 4),
      view: new DataView(view.buffer, view.byteOffset + at + header, size - header),
    })
    at += size
  }
  return boxes
}

const version = (view: DataView) => view.getUint8(0)

function text(view: DataView, at: number): string {
  return [0, 1, 2, 3].map((letter) => String.fromCharCode(view.getUint8(at + letter))).join('')
}
