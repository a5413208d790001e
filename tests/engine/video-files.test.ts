import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeMp4 } from '#tests/support/mp4.ts'
import { createLocalFiles } from '#worker/media/local-files.ts'
import { inspectVideo } from '#worker/media/videos.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'videos-'))

async function inspect(bytes: Uint8Array, claimed = 'video/mp4') {
  const hash = createHash('sha256').update(bytes).digest('hex')
  const file = path.join(folder, hash)
  await writeFile(file, bytes)
  const read = () => Promise.reject(new Error('Nothing here reads in parts.'))
  return inspectVideo({ file, sizeBytes: bytes.byteLength, hash, read }, claimed)
}

describe('a video', () => {
  test('is told by its length, shape, codecs, rate and where its index stands', async () => {
    const found = await inspect(makeMp4({ durationMs: 3_000, width: 720, height: 1_280, fps: 25 }))
    expect(found).toMatchObject({
      ok: true,
      mime_type: 'video/mp4',
      width: 720,
      height: 1_280,
      duration_ms: 3_000,
      metadata: { video_codec: 'avc', audio_codec: 'aac', fps: 25, rotation: 0, index_first: true },
    })
  })

  test('of a camera stands as it is shown, with its index last and without sound', async () => {
    const film = { durationMs: 1_500, width: 540, height: 960, isTurned: true, indexLast: true }
    const found = await inspect(makeMp4({ ...film, brand: 'qt  ', hasAudio: false }), 'video/quicktime')
    expect(found).toMatchObject({
      mime_type: 'video/quicktime',
      width: 540,
      height: 960,
      metadata: { audio_codec: null, rotation: 90, index_first: false },
    })
  })

  test('may have either of the two names that its container goes by', async () => {
    const found = await inspect(makeMp4({ durationMs: 500, width: 320, height: 320 }), 'video/quicktime')
    expect(found).toMatchObject({ ok: true, mime_type: 'video/mp4' })
  })

  const film = makeMp4({ durationMs: 1_000, width: 320, height: 320 })
  test.each([
    ['that breaks off', film.slice(0, film.length - 40), 'video_unreadable'],
    ['cut in its index', film.slice(0, 300), 'video_unreadable'],
    ['with an index of noise', noiseAfter(film, 'moov'), 'video_unreadable'],
    ['without pictures', relabelled(film, 'vide', 'text'), 'video_without_pictures'],
    ['in name alone', Buffer.from('#!/bin/sh\necho out\n'), 'media_type_unknown'],
    [
      'that is a picture',
      Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'),
      'media_type_mismatch',
    ],
    [
      'of another container',
      Buffer.concat([
        Buffer.from('1a45dfa3a342868101', 'hex'),
        Buffer.from('4282847765626d', 'hex'),
        Buffer.alloc(200),
      ]),
      'media_type_not_allowed',
    ],
    ['of no bytes', Buffer.alloc(0), 'media_empty'],
  ])('%s is refused', async (_name, bytes, code) => {
    expect(await inspect(bytes)).toMatchObject({ ok: false, code })
  })

  test('longer than 15 minutes is refused with both figures', async () => {
    const long = makeMp4({ durationMs: 901_000, width: 160, height: 160, fps: 1, hasAudio: false })
    expect(await inspect(long)).toEqual({
      ok: false,
      code: 'video_too_long',
      facts: { duration_ms: 901_000, limit_ms: 900_000 },
    })
  })
})

function relabelled(film: Uint8Array, from: string, to: string): Uint8Array {
  const bytes = Buffer.from(film)
  bytes.write(to, bytes.indexOf(from), 'latin1')
  return bytes
}

function noiseAfter(film: Uint8Array, box: string): Uint8Array {
  const bytes = Buffer.from(film)
  return bytes.fill(0xa5, bytes.indexOf(box) + 4, bytes.indexOf(box) + 400)
}

describe('files on this machine', () => {
  const store = new Map<string, Uint8Array>()
  const opened: string[] = []
  const files = () =>
    createLocalFiles(
      {
        async open(from) {
          opened.push(from)
          const bytes = store.get(from)
          if (!bytes) return null
          return {
            sizeBytes: bytes.length,
            cancel: async () => {},
            body: (async function* () {
              yield bytes.subarray(0, 3)
              yield bytes.subarray(3)
            })(),
          }
        },
      },
      25,
    )
  const put = (name: string, text: string) => {
    const bytes = Buffer.from(text)
    store.set(name, bytes)
    return { hash: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length }
  }

  test('come once for any number of parts, and for two who ask at the same time', async () => {
    const local = files()
    const wanted = put('a', '0123456789')
    opened.length = 0
    const [one, other] = await Promise.all([local.keep('a', wanted), local.keep('a', wanted)])
    if (one === null || one === 'other' || other === null || other === 'other') throw new Error('Not here.')
    expect(Buffer.from(await one.read(3, 4)).toString()).toBe('3456')
    expect(Buffer.from(await other.read(8, 9)).toString()).toBe('89')
    await local.keep('a', wanted)
    expect(opened).toEqual(['a'])
    await local.clear()
  })

  test('are refused where the bytes are others than those that were approved, longer ones unread', async () => {
    const local = files()
    const wanted = put('a', '0123456789')
    put('a', '9876543210')
    expect(await local.keep('a', wanted)).toBe('other')
    put('a', '0123456789 and more')
    expect(await local.keep('a', wanted)).toBe('other')
    expect(await local.keep('nowhere', wanted)).toBeNull()
    await local.clear()
  })

  test('give way to others where there is no more room, the longest unread first', async () => {
    const local = files()
    const [a, b, c] = [put('a', 'aaaaaaaaaa'), put('b', 'bbbbbbbbbb'), put('c', 'cccccccccc')]
    await local.keep('a', a)
    await local.keep('b', b)
    await local.keep('a', a)
    await local.keep('c', c)
    opened.length = 0
    for (const [name, wanted] of [
      ['a', a],
      ['c', c],
      ['b', b],
    ] as const)
      await local.keep(name, wanted)
    expect(opened).toEqual(['b'])
    await local.clear()
  })
})
