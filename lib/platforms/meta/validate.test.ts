import { describe, expect, test } from 'vitest'
import { validatePost } from '../validate.ts'

const draft = { body: 'Six sourdoughs', link: null, firstComment: null, media: [] }
const picture = { mimeType: 'image/jpeg' }

function problemsOf(change: Partial<Parameters<typeof validatePost>[1]>) {
  return validatePost('facebook', { ...draft, ...change })
}

describe('a Facebook post', () => {
  test('passes with a text, a link, or one picture of any kind the desk takes', () => {
    expect(problemsOf({})).toEqual([])
    expect(problemsOf({ body: '', link: 'https://oatandember.example' })).toEqual([])
    for (const mimeType of ['image/jpeg', 'image/png', 'image/webp', 'image/gif']) {
      expect(problemsOf({ body: '', media: [{ mimeType }] })).toEqual([])
    }
  })

  test('is refused over 63,206 characters, with both numbers', () => {
    expect(problemsOf({ body: 'a'.repeat(63_206) })).toEqual([])
    expect(problemsOf({ body: 'a'.repeat(63_207) })).toMatchObject([
      {
        code: 'facebook_message_too_long',
        severity: 'error',
        message: 'Facebook takes up to 63,206 characters; this post has 63,207.',
      },
    ])
  })

  test('counts what goes out: the address below the text belongs to it', () => {
    const link = 'https://oatandember.example/autumn'
    const codes = problemsOf({ body: 'a'.repeat(63_206), link, media: [picture] }).map(({ code }) => code)
    expect(codes).toContain('facebook_message_too_long')
  })

  test('is refused empty', () => {
    expect(problemsOf({ body: ' \n' })).toMatchObject([{ code: 'facebook_post_empty' }])
  })

  test('is refused with eleven pictures, with both numbers', () => {
    expect(problemsOf({ media: Array(10).fill(picture) })).toEqual([])
    expect(problemsOf({ media: Array(11).fill(picture) })).toMatchObject([
      { code: 'facebook_too_many_pictures', message: expect.stringMatching(/up to 10 pictures.* has 11\./) },
    ])
  })

  test('notes that a picture takes the place of the link preview', () => {
    const problems = problemsOf({ link: 'https://oatandember.example', media: [picture] })
    expect(problems).toMatchObject([{ code: 'facebook_link_becomes_text', severity: 'note' }])
  })
})
