'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { PictureFaces } from '#components/content/changes-dialog.tsx'
import { CommentLanes } from '#components/content/comment-lanes.tsx'
import type { People } from '#components/content/people.ts'
import { type ActsOffered, usePostActs } from '#components/content/post-acts.tsx'
import { saidAbout } from '#components/content/said.ts'
import { sealWarning } from '#components/content/standing-words.ts'
import { VersionList } from '#components/content/version-list.tsx'
import { WatchPost } from '#components/content/watch-post.tsx'
import { draftFrom, writtenNow } from '#components/content/written.ts'
import { FileDrop } from '#components/media/file-drop.tsx'
import { useUploads } from '#components/media/use-uploads.ts'
import { useShortcuts } from '#components/shell/use-shortcuts.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { toast } from '#components/ui/toast.ts'
import { namesInARow } from '#lib/content/acts.ts'
import { type Account, problemsOf, type Remedy } from '#lib/content/problems.ts'
import type { Post } from '#lib/content/queries.ts'
import type { PostDraft } from '#lib/content/schema.ts'
import { slugOf } from '#lib/content/states.ts'
import { standingOf } from '#lib/content/versions.ts'
import type { Asset } from '#lib/media/library.ts'
import { formatInstant } from '#lib/time/format.ts'
import { ComposerBar } from './composer-bar.tsx'
import {
  type ComposerBrand,
  type ComposerDesk,
  ComposerProvider,
  chosenAccounts,
  LINK_FIELD,
  type TextTab,
  textFieldId,
} from './composer-context.tsx'
import { ComposerStrip } from './composer-strip.tsx'
import { GoesTo } from './goes-to.tsx'
import { KeptNote } from './kept-note.tsx'
import { LinkField } from './link-field.tsx'
import { PictureTray } from './picture-tray.tsx'
import { PicturesChecked } from './pictures-checked.tsx'
import { PostText } from './post-text.tsx'
import { PreviewPane } from './preview-pane.tsx'
import { ProblemList } from './problem-list.tsx'
import { SendBar } from './send-bar.tsx'
import { UnsavedNotes } from './unsaved-notes.tsx'
import { useSending } from './use-sending.tsx'
import { useWriting } from './use-writing.ts'

export type ComposerProps = {
  brand: ComposerBrand
  accounts: readonly Account[]
  people: People
  /** null: nothing is written yet, and nothing is made before something is. */
  post: (Post & { undoneBy: string | null }) | null
  start: PostDraft
  acts: ActsOffered
  /** Pictures of the draft and of every version. */
  assets: readonly Asset[]
  now: string
  mayUpload: boolean
  mayComment: { client: boolean; internal: boolean }
  jobs: ReactNode
  timeline: ReactNode
}

/** Writing a piece: its accounts, its text, its pictures, what stops it, and how it will look. */
export function Composer(props: ComposerProps) {
  const { brand, accounts, people, post, start, acts, mayUpload, mayComment, jobs, timeline } = props
  const { store, writing } = useWriting({ brand, post, start })
  const [assets, setAssets] = useState(() => new Map(props.assets.map((asset) => [asset.id, asset])))
  const [tab, setTab] = useState<TextTab>('all')
  const [opened, setOpened] = useState<ComposerDesk['opened']>(null)
  const [previewing, setPreviewing] = useState(false)
  const [plannedAt, setPlannedAt] = useState(post?.plannedAt ?? null)
  const now = useNow(props.now)

  useEffect(() => setPlannedAt(post?.plannedAt ?? null), [post])

  const { draft } = writing
  const pictures = draft.mediaIds.flatMap((id) => assets.get(id) ?? [])
  const problems = problemsOf(draft, { accounts, pictures, plannedAt, timeZone: brand.timeZone, now })
  const isUntouched = writing.post === null && writing.save.kind === 'clean'

  function changePicture(asset: Asset) {
    setAssets((known) => new Map(known).set(asset.id, asset))
  }

  function addPictures(added: readonly Asset[]) {
    setAssets((known) => new Map([...known, ...added.map((asset) => [asset.id, asset] as const)]))
    const { mediaIds } = store.read().draft
    store.edit({ mediaIds: [...new Set([...mediaIds, ...added.map((asset) => asset.id)])] })
  }

  const uploads = useUploads({ brandId: brand.id, onAdded: (asset) => addPictures([asset]) })
  const isOwn = draft.channels.some((channel) => channel.connectionId === tab)
  const sending = useSending({
    brand,
    store,
    problems,
    plannedAt,
    setPlannedAt,
    refused: acts.send,
    isBegunHere: post === null,
  })

  const slug = writing.post ? slugOf(brand, writing.post) : 'This post'
  const goesTo = chosenAccounts({ accounts, writing }).map((account) => account.name)
  const more = usePostActs({
    postId: writing.post?.id ?? '',
    brandSlug: brand.slug,
    slug,
    acts,
    accounts: namesInARow(goesTo),
    plannedFor: plannedAt && formatInstant(plannedAt, brand.timeZone, 'day-time'),
    onDone: sending.settled,
  })

  const desk: ComposerDesk = {
    brand,
    accounts,
    store,
    writing,
    edit: store.edit,
    pictures,
    addPictures,
    changePicture,
    tab: isOwn ? tab : 'all',
    showTab: setTab,
    problems: isUntouched ? [] : problems,
    mend: (remedy) => mend(remedy, { store, showTab: setTab, open: setOpened }),
    plannedAt,
    now,
    mayUpload,
    opened,
    open: setOpened,
  }

  const faces: PictureFaces = Object.fromEntries([...assets].map(([id, asset]) => [id, asset.stillUrl]))
  const standing = standingOf(post ? { ...post, ...writing.post } : unsent)
  const asked = post?.asked ?? []
  const around = { people, zone: brand.timeZone, asked, plannedAt }

  useShortcuts({ 'mod+s': () => void store.flush(), 'mod+enter': () => void sending.send() })

  return (
    <ComposerProvider value={desk}>
      <FileDrop
        onFiles={(files) =>
          mayUpload ? uploads.add(files) : toast.refused('Your role here does not add pictures.')
        }
        takesPaste
        invitation="Drop to add to this post"
      >
        <ComposerBar sending={sending} acts={acts} more={more} onPreview={() => setPreviewing(true)} />
        <div className="flex flex-col max-md:pb-16 md:h-[calc(100dvh-var(--bar))]">
          <ComposerStrip
            standing={standing}
            around={around}
            versions={post?.versions ?? []}
            acts={acts}
            faces={faces}
            sending={sending}
          />
          <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] md:grid-cols-[200px_minmax(0,1fr)] push:grid-cols-[232px_minmax(0,1fr)_400px]">
            <GoesTo />
            <section
              aria-label="Text"
              className="min-w-0 border-rule bg-sheet px-3.5 py-3 pb-6 max-md:border-t md:overflow-y-auto md:border-l md:px-4 md:py-3.5"
            >
              <KeptNote store={store} brand={brand} />
              <UnsavedNotes
                warning={sealWarning(writing.post?.status ?? 'draft', standing, around)}
                faces={faces}
              />
              {sending.note}
              <ProblemList />
              <PostText />
              <PictureTray uploads={uploads} />
              <PicturesChecked />
              <LinkField />
              {post && hasJobs(post.status) && (
                <>
                  <SectionHead title="On its accounts" className="mt-3" />
                  {jobs}
                </>
              )}
              {post && (
                <>
                  <VersionList
                    versions={post.versions}
                    now={writtenNow(draft, accounts)}
                    people={people}
                    zone={brand.timeZone}
                    faces={faces}
                    onReturn={(version) => store.edit(draftFrom(version, accounts, new Set(assets.keys())))}
                  />
                  <SectionHead title="Said about it" className="mt-3" />
                  <CommentLanes
                    brand={brand}
                    postId={post.id}
                    said={saidAbout(post)}
                    people={people}
                    isShared={post.versions.some((version) => version.sharedAt !== null)}
                    mayWrite={mayComment}
                  />
                  <SectionHead title="Timeline" className="mt-3" />
                  {timeline}
                  <WatchPost
                    postId={post.id}
                    status={post.status}
                    version={post.version}
                    heldAt={post.heldAt}
                  />
                </>
              )}
            </section>
            <section
              aria-label="Preview"
              className="min-w-0 overflow-y-auto border-l border-rule bg-sunk px-4 py-3.5 max-push:hidden"
            >
              <h2 className="head-3 mb-2.5">As it will look</h2>
              <PreviewPane />
            </section>
          </div>
        </div>
        <SendBar sending={sending} acts={acts} more={more} onPreview={() => setPreviewing(true)} />
        <Dialog open={previewing} onOpenChange={setPreviewing} title="As it will look">
          <PreviewPane />
        </Dialog>
        {more.dialogs}
      </FileDrop>
    </ComposerProvider>
  )
}

/** From these on there is something to tell of its publishing. */
const hasJobs = (status: string) => status === 'scheduled' || status === 'publishing' || status === 'failed'

const unsent = { status: 'draft', version: 0, requestedAt: null, heldAt: null, versions: [] }

const HALF_A_MINUTE_MS = 30_000

/** The present, moving on while the page stands; the server's at first, so that both draw the same. */
function useNow(first: string): string {
  const [now, setNow] = useState(first)
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), HALF_A_MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

type Mending = {
  store: ComposerDesk['store']
  showTab: (tab: TextTab) => void
  open: (part: ComposerDesk['opened']) => void
}

function mend(remedy: Remedy, { store, showTab, open }: Mending) {
  const { draft } = store.read()
  switch (remedy.act) {
    case 'choose_accounts':
      flushSync(() => open('accounts'))
      document.querySelector<HTMLElement>('[aria-label="Accounts this post goes to"] input')?.focus()
      break
    case 'choose_time':
      open('time')
      break
    case 'fix_link':
      document.querySelector<HTMLElement>(`[data-field=${LINK_FIELD}]`)?.focus()
      break
    case 'describe':
      open({ describing: remedy.pictureId })
      break
    case 'write': {
      flushSync(() => showTab(remedy.accountId ?? 'all'))
      const field = document.getElementById(textFieldId)
      if (field instanceof HTMLTextAreaElement && remedy.from !== undefined) {
        field.setSelectionRange(remedy.from, field.value.length)
      }
      field?.focus() // after the selection: a browser scrolls to where the caret is as focus comes
      break
    }
    case 'drop_pictures':
      store.edit({ mediaIds: draft.mediaIds.filter((id) => !remedy.pictureIds.includes(id)) })
      break
    case 'drop_account':
      store.edit({ channels: draft.channels.filter((one) => one.connectionId !== remedy.accountId) })
      break
    case 'as_post':
      store.edit({
        channels: draft.channels.map((one) =>
          one.connectionId === remedy.accountId ? { ...one, format: 'feed' } : one,
        ),
      })
      break
    case 'drop_first_comment':
      store.edit({
        firstComment: null,
        channels: draft.channels.map((channel) => ({ ...channel, firstComment: null })),
      })
      break
    case 'reconnect':
      break // a link of its own, to the page of connections
  }
}
