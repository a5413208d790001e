import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { describe } from 'vitest'
import type { Db } from '#lib/supabase/db.ts'
import { test as baseTest, expect } from '#tests/support/test.ts'

// One group for each file of local/api/corrections that concerns Storage.

const test = baseTest.extend('bucket', { scope: 'file' }, async ({ service }) => {
  await service.storage.createBucket('drawer', { public: false, fileSizeLimit: 30 * 1024 ** 2 })
  return (client: Db) => client.storage.from('drawer')
})
const picture = new Blob([Uint8Array.from([0xff, 0xd8, 0xff, 0x00, 0x0a])], { type: 'image/jpeg' })

describe('multipart-uploads', () => {
  test('a Blob and a File are kept byte for byte, with their type', async ({ bucket, service }) => {
    const drawer = bucket(service)
    const file = new File([picture], 'tray.jpg', { type: 'image/jpeg' })
    for (const [path, body] of [
      ['a/blob.jpg', picture],
      ['a/file.jpg', file],
    ] as const) {
      expect((await drawer.upload(path, body)).error).toBeNull()
      const { data } = await drawer.download(path)
      expect(data?.type).toBe('image/jpeg')
      expect(await data?.bytes()).toEqual(await picture.bytes())
    }
    expect((await drawer.upload('a/blob.jpg', picture)).error).toMatchObject({ statusCode: '409' })
  })
})

describe('signed-urls', () => {
  test('a signed address serves its object to anyone, one or many at a time', async ({ bucket, service }) => {
    const drawer = bucket(service)
    await drawer.upload('b/one.jpg', picture)
    const single = await drawer.createSignedUrl('b/one.jpg', 60)
    const response = await fetch(single.data?.signedUrl ?? '')
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(await response.bytes()).toEqual(await picture.bytes())

    const { data } = await drawer.createSignedUrls(['b/one.jpg', 'b/none.jpg'], 60)
    expect(data).toMatchObject([{ error: null }, { error: expect.any(String), signedUrl: null }])
    expect((await fetch(data?.[0]?.signedUrl ?? '')).status).toBe(200)
  })

  test('a signed upload takes one file at its path', async ({ anon, bucket, service }) => {
    const { data } = await bucket(service).createSignedUploadUrl('b/sent.jpg')
    const sent = await bucket(anon).uploadToSignedUrl('b/sent.jpg', data?.token ?? '', picture)
    expect(sent.error).toBeNull()
    expect((await bucket(service).download('b/sent.jpg')).data?.size).toBe(picture.size)
  })
})

describe('signed-tokens', () => {
  test('a wrong or expired token is refused as such', async ({ bucket, service }) => {
    await bucket(service).upload('c/one.jpg', picture)
    const { data } = await bucket(service).createSignedUrl('c/one.jpg', -1)
    const expired = data?.signedUrl ?? ''
    for (const url of [
      expired,
      expired.replace(/token=.*/, 'token=bad'),
      expired.replace(/\.[^.]*$/, '.AAAA'),
    ]) {
      const response = await fetch(url)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: 'InvalidJWT' })
    }
  })
})

describe('download-names', () => {
  test('a download carries the name it was asked for', async ({ bucket, service }) => {
    await bucket(service).upload('d/one.jpg', picture)
    const { data } = await bucket(service).createSignedUrl('d/one.jpg', 60, { download: 'croissant.jpg' })
    const disposition = (await fetch(data?.signedUrl ?? '')).headers.get('content-disposition')
    expect(disposition).toBe("attachment; filename*=UTF-8''croissant.jpg")
  })
})

describe('folder-listing', () => {
  test('a folder lists its own, folders first', async ({ bucket, service }) => {
    const drawer = bucket(service)
    for (const path of ['e/z.jpg', 'e/a.jpg', 'e/inner/deep.jpg']) await drawer.upload(path, picture)
    const { data } = await drawer.list('e')
    expect(data?.map(({ name, id }) => [name, id === null])).toEqual([
      ['inner', true],
      ['a.jpg', false],
      ['z.jpg', false],
    ])
    expect((await drawer.list('e', { search: 'Z', limit: 1 })).data).toMatchObject([{ name: 'z.jpg' }])
  })
})

describe('byte-ranges', () => {
  const digits = new Blob(['0123456789'], { type: 'image/jpeg' })

  test('a part of an object is that part, with where it stands', async ({ bucket, service }) => {
    await bucket(service).upload('h/digits.jpg', digits)
    const { data } = await bucket(service).createSignedUrl('h/digits.jpg', 60)
    const ask = (range: string) => fetch(data?.signedUrl ?? '', { headers: { range } })
    for (const [range, words, shown] of [
      ['bytes=0-', '0123456789', 'bytes 0-9/10'],
      ['bytes=2-4', '234', 'bytes 2-4/10'],
      ['bytes=7-99', '789', 'bytes 7-9/10'],
    ] as const) {
      const part = await ask(range)
      expect([part.status, part.headers.get('content-range')]).toEqual([206, shown])
      expect(await part.text()).toBe(words)
    }
    const beyond = await ask('bytes=10-')
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10'])
    const whole = await ask('bytes=-3')
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789'])
  })
})

describe('body-limits', () => {
  const mebibyte = 1024 ** 2

  test('a film that says how long it is comes whole, and is not held in memory', async ({ api, service }) => {
    await service.storage.createBucket('films', { public: false, fileSizeLimit: 300 * mebibyte })
    const held = () => process.memoryUsage().arrayBuffers
    const heldBefore = held()
    let most = 0
    const request = httpRequest(`${api.url}/storage/v1/object/films/a/film.mp4`, {
      method: 'POST',
      headers: {
        apikey: api.secretKey,
        authorization: `Bearer ${api.secretKey}`,
        'content-type': 'video/mp4',
        'content-length': 290 * mebibyte,
      },
    })
    const answer = once(request, 'response')
    await pipeline(async function* () {
      for (let at = 0; at < 290; at++) {
        most = Math.max(most, held() - heldBefore)
        yield Buffer.alloc(mebibyte, at)
      }
    }, request)
    const [{ statusCode }] = await answer
    expect(statusCode).toBe(200)
    expect(most).toBeLessThan(120 * mebibyte)

    const { data } = await service.storage.from('films').createSignedUrl('a/film.mp4', 60)
    const range = `bytes=${101 * mebibyte - 1}-${101 * mebibyte}`
    const part = await fetch(data?.signedUrl ?? '', { headers: { range } })
    expect([...(await part.bytes())]).toEqual([100, 101])
  })

  test('a file above the bucket’s limit is refused in words, however it is sent', async ({
    api,
    bucket,
    service,
  }) => {
    const tooLarge = new Blob([new Uint8Array(40 * mebibyte)], { type: 'image/jpeg' })
    const refusal = { statusCode: '413' }
    expect((await bucket(service).upload('f/large.jpg', tooLarge)).error).toMatchObject(refusal)

    const streamed = await fetch(`${api.url}/storage/v1/object/drawer/f/streamed.jpg`, {
      method: 'POST',
      headers: {
        apikey: api.secretKey,
        authorization: `Bearer ${api.secretKey}`,
        'content-type': 'image/jpeg',
      },
      body: tooLarge.stream(),
      duplex: 'half',
    } as RequestInit)
    expect(await streamed.json()).toMatchObject(refusal)
    expect((await bucket(service).list('f')).data).toEqual([])
  })

  test('so is one above what Storage takes at all, and a request of the Data API', async ({
    api,
    bucket,
    service,
  }) => {
    const huge = new Blob([new Uint8Array(60 * mebibyte)])
    expect((await bucket(service).upload('g/huge.jpg', huge)).error).toMatchObject({ statusCode: '413' })
    const response = await fetch(`${api.url}/rest/v1/rpc/create_tenant`, {
      method: 'POST',
      headers: { apikey: api.publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(40 * mebibyte) }),
    })
    expect(response.status).toBe(413)
  })
})
