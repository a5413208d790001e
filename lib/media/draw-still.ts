const EDGE_PX = 1_280
const PATIENCE_MS = 8_000
/** Past the black that many films begin with, but within the shortest. */
const AT_S = 1

/**
 * A still of a video as this browser shows it, for lists and players; null where it cannot, since codecs differ
 * by browser. The worker decides nothing by it.
 */
export async function drawStill(file: File): Promise<Blob | null> {
  const address = URL.createObjectURL(file)
  const video = document.createElement('video')
  try {
    video.muted = true
    video.playsInline = true
    video.preload = 'auto'
    video.src = address
    await happened(video, 'loadeddata')
    video.currentTime = Math.min(AT_S, video.duration / 3)
    await happened(video, 'seeked')
    return await frameOf(video)
  } catch {
    return null // no decoder for it here: the video goes up without a still
  } finally {
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(address)
  }
}

function happened(video: HTMLVideoElement, name: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('It takes too long.')), PATIENCE_MS)
    const end = (settle: () => void) => () => {
      clearTimeout(timer)
      settle()
    }
    video.addEventListener(name, end(resolve), { once: true })
    video.addEventListener(
      'error',
      end(() => reject(new Error('It does not play here.'))),
      { once: true },
    )
  })
}

function frameOf(video: HTMLVideoElement): Promise<Blob | null> {
  const scale = Math.min(1, EDGE_PX / Math.max(video.videoWidth, video.videoHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82))
}
