interface Frame {
  width: number
  height: number
}

const MACROBLOCK_PX = 16
/** One whole macroblock: 16×16 predicted from its neighbours' mean, no residual. Without neighbours that is grey. */
const FLAT_MACROBLOCK = '00100111'

/** Constrained baseline, level 4.0, one reference frame, order of display equal to order of decoding. */
export function sequenceParameters({ width, height }: Frame): Buffer {
  const { across, down } = macroblocks({ width, height })
  const [cropRight, cropBottom] = [across * MACROBLOCK_PX - width, down * MACROBLOCK_PX - height]
  const isCropped = cropRight > 0 || cropBottom > 0
  return unit(
    0x67,
    bits(66, 8),
    bits(0xc0, 8),
    bits(40, 8),
    ue(0), // id
    ue(0), // frame numbers of four bits
    ue(2), // picture order follows decoding
    ue(1), // reference frames
    '0',
    ue(across - 1),
    ue(down - 1),
    '1', // frames only
    '1',
    isCropped ? `1${ue(0)}${ue(cropRight / 2)}${ue(0)}${ue(cropBottom / 2)}` : '0',
    '0', // no usability information
  )
}

export function pictureParameters(): Buffer {
  return unit(
    0x68,
    ue(0),
    ue(0),
    '0',
    '0',
    ue(0),
    ue(0),
    ue(0),
    '0',
    '00',
    ue(0),
    ue(0),
    ue(0),
    '1',
    '0',
    '0',
  )
}

/** Consecutive key frames must not share an id. */
export function idrFrame(frame: Frame, id: number): Buffer {
  const { across, down } = macroblocks(frame)
  const header = [ue(0), ue(7), ue(0), bits(0, 4), ue(id), '0', '0', ue(0), ue(1)]
  return unit(0x65, ...header, FLAT_MACROBLOCK.repeat(across * down))
}

/** Skips every macroblock: the frame before, once more. */
export function repeatedFrame(frame: Frame, frameNumber: number): Buffer {
  const { across, down } = macroblocks(frame)
  return unit(0x41, ue(0), ue(5), ue(0), bits(frameNumber, 4), '0', '0', '0', ue(0), ue(1), ue(across * down))
}

function macroblocks({ width, height }: Frame): { across: number; down: number } {
  if (width % 2 !== 0 || height % 2 !== 0) throw new Error('H.264 frames of this helper have even sides.')
  return { across: Math.ceil(width / MACROBLOCK_PX), down: Math.ceil(height / MACROBLOCK_PX) }
}

/** A NAL unit: its header byte, the payload closed with a one bit, and no run that looks like a start code. */
function unit(header: number, ...payload: string[]): Buffer {
  const text = `${payload.join('')}1`
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8, '0')
  const bytes = [header]
  let zeros = 0
  for (let at = 0; at < padded.length; at += 8) {
    const byte = Number.parseInt(padded.slice(at, at + 8), 2)
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3)
      zeros = 0
    }
    bytes.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return Buffer.from(bytes)
}

function bits(value: number, width: number): string {
  return value.toString(2).padStart(width, '0')
}

/** Exponential-Golomb, unsigned. Zero is the same signed. */
function ue(value: number): string {
  const code = (value + 1).toString(2)
  return code.padStart(code.length * 2 - 1, '0')
}
