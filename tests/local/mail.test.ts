import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { startMail } from '#local/mail/start.ts'

test('a caught mail can be read by person and program, and thrown away', async ({ onTestFinished }) => {
  const mail = await startMail({ smtpPort: 0, webPort: 0 })
  onTestFinished(mail.stop)
  const transport = createTransport(mail.smtpUrl)
  for (const to of ['Ines@halyard.example', 'tom@tidewater.example']) {
    await transport.sendMail({
      from: 'desk@copydesk.example',
      to,
      subject: 'Two posts <need> your OK',
      html: '<html><head></head><body><script>alert(1)</script><a href="http://127.0.0.1:3000/open/x?a=1&amp;b=2">Look</a></body></html>',
    })
  }
  transport.close()
  const json = async (path: string, init?: RequestInit) => (await fetch(mail.url + path, init)).json()
  const page = async (path: string) => fetch(mail.url + path)

  expect(await json('/api/mails')).toHaveLength(2)
  expect(await json('/api/mails?to=ines@halyard.example')).toMatchObject([
    { id: 1, to: ['ines@halyard.example'] },
  ])
  expect(await json('/api/mails/2')).toMatchObject({
    subject: 'Two posts <need> your OK',
    text: expect.stringContaining('Look'),
  })

  const list = await (await page('/')).text()
  expect(list).toContain('Two posts &#60;need&#62; your OK')
  expect(await (await page('/mails/1?view=text')).text()).toContain(
    '<a href="http://127.0.0.1:3000/open/x?a=1&amp;b=2">',
  )
  const body = await page('/mails/1/html')
  expect(body.headers.get('content-security-policy')).toContain("script-src 'none'")

  expect(await json('/api/mails', { method: 'DELETE' })).toEqual([])
  expect((await page('/mails/1')).status).toBe(404)
})
