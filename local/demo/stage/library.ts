import { randomUUID } from 'node:crypto'
import { type PictureName, takePicture } from '#local/demo/art/pictures.ts'
import type { BrandKey, PersonKey } from '#local/demo/cast.ts'
import { known, type Stage } from './stage.ts'

/** @returns the asset's id, once the worker has read the picture and found it good */
export async function addPicture(
  by: PersonKey,
  brand: BrandKey,
  name: PictureName,
  stage: Stage,
): Promise<string> {
  const picture = await takePicture(name)
  const { id, status } = await addFile(by, brand, picture, stage)
  if (status !== 'active') throw new Error(`${picture.filename} is ${status}.`)
  return id
}

/** A menu that somebody exported wrongly: it says JPEG, its bytes are a PDF. */
export async function addMenuThatIsNoPicture(by: PersonKey, brand: BrandKey, stage: Stage): Promise<void> {
  const bytes = Buffer.from(`%PDF-1.7\n${'The menu, four pages.\n'.repeat(400)}%%EOF\n`)
  await addFile(by, brand, { filename: 'menu-final.jpg', alt: '', bytes }, stage)
}

/** As the browser does it: a row that opens the place, the bytes to storage, and the worker reads them. */
async function addFile(
  by: PersonKey,
  brand: BrandKey,
  { filename, alt, bytes }: { filename: string; alt: string; bytes: Buffer },
  { people, machinery, sql, brandIds }: Stage,
): Promise<{ id: string; status: string }> {
  const brandId = known(brandIds, brand)
  const id = randomUUID()
  const path = `${brandId}/${id}/${filename}`
  await people.as(by, async (tx) => {
    await tx`
      insert into public.media_assets (id, brand_id, filename, mime_type, size_bytes, category, alt_text, path)
      values (${id}, ${brandId}, ${filename}, 'image/jpeg', ${bytes.length}, 'images', ${alt || null}, ${path})`
  })
  await people.upload(by, path, bytes, 'image/jpeg')
  await people.as(by, async (tx) => {
    await tx`select public.finish_upload(${id})`
  })
  await machinery.work()
  const [asset] = await sql<{ status: string }[]>`select status from public.media_assets where id = ${id}`
  return { id, status: asset?.status ?? 'gone' }
}
