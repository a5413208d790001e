import { NotHere } from '#components/session/not-here.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'

export default function DeskNotFound() {
  return (
    <DeskPage className="grid content-center">
      <NotHere />
    </DeskPage>
  )
}
