import {
  Bell,
  CalendarDays,
  ChartNoAxesColumn,
  FileText,
  Flag,
  House,
  Image,
  type LucideIcon,
  Plug,
  Send,
  Settings,
  Stamp,
  Workflow,
} from 'lucide-react'
import type { Permission, Role } from '#lib/members/roles.ts'

export type AreaName =
  | 'today'
  | 'overview'
  | 'calendar'
  | 'content'
  | 'approvals'
  | 'media'
  | 'planning'
  | 'analytics'
  | 'publishing'
  | 'connections'
  | 'settings'
  | 'inbox'

export type Area = {
  name: AreaName
  label: string
  icon: LucideIcon
  /** Where it lies: over all brands, in each brand, or both. */
  path: { desk?: string; brand?: string }
  group: 'work' | 'machinery' | 'foot'
  /** What a person must hold on the brand to have any use of it. */
  needs?: Permission
  /** Its count asks for a person, so it stands on a light ground. */
  hot?: boolean
}

/** The rail, top to bottom. Which of them exist is the layout's to say (`areas`). */
export const AREAS: readonly Area[] = [
  { name: 'today', label: 'Today', icon: House, path: { desk: '/today' }, group: 'work', hot: true },
  {
    name: 'overview',
    label: 'Overview',
    icon: Flag,
    path: { brand: '/overview' },
    group: 'work',
    needs: 'brand.view',
  },
  {
    name: 'calendar',
    label: 'Calendar',
    icon: CalendarDays,
    path: { brand: '/calendar' },
    group: 'work',
    needs: 'brand.view',
  },
  {
    name: 'content',
    label: 'Content',
    icon: FileText,
    path: { brand: '/content' },
    group: 'work',
    needs: 'content.view',
  },
  {
    name: 'approvals',
    label: 'Approvals',
    icon: Stamp,
    path: { brand: '/approvals' },
    group: 'work',
    needs: 'content.view',
    hot: true,
  },
  {
    name: 'media',
    label: 'Media',
    icon: Image,
    path: { brand: '/media' },
    group: 'work',
    needs: 'media.view',
  },
  {
    name: 'planning',
    label: 'Planning',
    icon: Workflow,
    path: { brand: '/planning' },
    group: 'work',
    needs: 'planning.use',
  },
  {
    name: 'analytics',
    label: 'Analytics',
    icon: ChartNoAxesColumn,
    path: { brand: '/analytics' },
    group: 'work',
    needs: 'analytics.view',
  },
  {
    name: 'publishing',
    label: 'Publishing',
    icon: Send,
    path: { desk: '/publishing', brand: '/publishing' },
    group: 'machinery',
    needs: 'content.view',
    hot: true,
  },
  {
    name: 'connections',
    label: 'Connections',
    icon: Plug,
    path: { brand: '/connections' },
    group: 'machinery',
    needs: 'connections.view',
  },
  {
    name: 'settings',
    label: 'Settings',
    icon: Settings,
    path: { brand: '/settings' },
    group: 'machinery',
    needs: 'brand.edit',
  },
  { name: 'inbox', label: 'Inbox', icon: Bell, path: { desk: '/inbox' }, group: 'foot' },
]

/** An analyst holds the rights to read these, but has no work there. */
const NOT_FOR_ANALYSTS: readonly AreaName[] = ['content', 'approvals', 'media', 'publishing', 'connections']

export type ShellBrand = {
  id: string
  slug: string
  name: string
  code: string
  primaryColor: string | null
  role: Role
  permissions: ReadonlySet<Permission>
}

export const brandPath = (slug: string) => `/brands/${slug}`

/** Hidden where the role never has a use for it; inside an area, single controls say who may. */
export function hasUseOf(area: Area, brand: Pick<ShellBrand, 'role' | 'permissions'>): boolean {
  if (brand.role === 'analyst' && NOT_FOR_ANALYSTS.includes(area.name)) return false
  return !area.needs || brand.permissions.has(area.needs)
}

export type RailRow = { area: Area; href: string; label: string }

/** The rows of one person's rail, in a brand or over all of them (`brands`). */
export function railRows(
  brand: ShellBrand | null,
  existing: readonly AreaName[],
  brands: readonly ShellBrand[],
): RailRow[] {
  return AREAS.filter((area) => existing.includes(area.name)).flatMap((area) => {
    const { desk, brand: inBrand } = area.path
    if (!brand) {
      const isOfUse = !area.needs || brands.some((one) => hasUseOf(area, one))
      return desk && isOfUse ? [{ area, href: desk, label: area.label }] : []
    }
    if (inBrand)
      return hasUseOf(area, brand) ? [{ area, href: brandPath(brand.slug) + inBrand, label: area.label }] : []
    if (!desk) return []
    return [{ area, href: desk, label: area.name === 'today' ? 'All brands' : area.label }]
  })
}

/** The area a path lies in: the longest address that begins it. */
export function areaAt(pathname: string, brand: ShellBrand | null): Area | undefined {
  const within =
    brand && pathname.startsWith(brandPath(brand.slug)) ? pathname.slice(brandPath(brand.slug).length) : null
  return AREAS.find((area) => {
    const path = within === null ? area.path.desk : area.path.brand
    const at = within ?? pathname
    return path !== undefined && (at === path || at.startsWith(`${path}/`))
  })
}

/** Where the page needs every pixel of width, the rail shows icons only. */
export function hasSlimRail(pathname: string, area: Area | undefined): boolean {
  if (area?.name === 'calendar' || area?.name === 'approvals') return true
  return area?.name === 'content' && /\/content\/.+/.test(pathname)
}

export function newPostPath(slug: string): string {
  return `${brandPath(slug)}/content/new`
}
