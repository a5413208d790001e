import { createHash, randomBytes } from 'node:crypto'
import { PICTURE_CID, PICTURE_PX, renderHtml } from '../mails/html.ts'
import { payloads, type Template } from '../mails/payload.ts'
import { isTemplate, PERSONAL_LINK, writeMail } from '../mails/templates.ts'
import { renderText } from '../mails/text.ts'
import { mailThumbnail } from '../media/images.ts'
import type { Ports } from '../ports.ts'
import type { QueuedEmail } from '../records/emails.ts'

/**
 * Renders and sends one queued mail. A mail that was sent is not sent again; one whose sender died half-way is,
 * under the same Message-ID.
 */
export async function sendEmail(emailId: string, ports: Ports): Promise<void> {
  const { emails } = ports.records
  const email = await emails.claim(emailId)
  if (!email) return
  try {
    await deliver(email, ports)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await emails.record(emailId, { ok: false, error: reason.slice(0, 500) })
    // The queue tries again, with its own patience.
    throw error
  }
  await emails.record(emailId, { ok: true })
}

async function deliver(email: QueuedEmail, ports: Ports): Promise<void> {
  const { template } = email
  if (!isTemplate(template)) throw new Error(`There is no mail named ${template}.`)
  const url = await linkOf(template, email, ports)
  const mail = writeMail(template, email.payload, { url, siteUrl: ports.siteUrl })
  const picture = mail.piece?.imagePath ? await pictureOf(mail.piece.imagePath, ports) : null
  await ports.mailer.deliver({
    from: { name: mail.fromName, address: ports.mailFrom },
    to: email.toEmail,
    subject: mail.subject,
    html: await renderHtml(mail, { hasPicture: picture !== null }),
    text: renderText(mail),
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(mail.preferencesUrl ? { 'List-Unsubscribe': `<${mail.preferencesUrl}>` } : {}),
    },
    messageId: `<${email.emailId}@${new URL(ports.siteUrl).hostname}>`,
    ...(picture
      ? {
          attachments: [
            { filename: 'picture.jpg', content: picture, cid: PICTURE_CID, contentType: 'image/jpeg' },
          ],
        }
      : {}),
  })
}

async function linkOf(template: Template, { emailId, payload }: QueuedEmail, ports: Ports): Promise<string> {
  const personal = PERSONAL_LINK[template]
  if (personal) {
    const token = randomBytes(32).toString('base64url')
    await ports.records.emails.issueLinkToken(emailId, createHash('sha256').update(token).digest())
    return new URL(`/${personal}/${token}`, ports.siteUrl).href
  }
  if (template === 'connection_attention') {
    const { brand_slug } = payloads.connection_attention.parse(payload)
    return new URL(`/brands/${brand_slug}/connections`, ports.siteUrl).href
  }
  const post = payloads.approved.pick({ brand_slug: true, post_id: true }).parse(payload)
  return new URL(`/brands/${post.brand_slug}/content/${post.post_id}`, ports.siteUrl).href
}

/** No mail waits for its picture: what it says stands in words. */
async function pictureOf(path: string, ports: Ports): Promise<Buffer | null> {
  try {
    const bytes = await ports.storage.download(path)
    // Twice the size, for screens that draw two pixels for one.
    return bytes && (await mailThumbnail(bytes, PICTURE_PX * 2))
  } catch (error) {
    ports.log.warn({ err: error, path }, 'a mail goes out without its picture')
    return null
  }
}
