import type { Answer, ApiParts, Correction } from './correction.ts'
import { accessTokens } from './corrections/access-tokens.ts'
import { adminLinks } from './corrections/admin/links.ts'
import { adminUsers } from './corrections/admin/users.ts'
import { bodyLimits } from './corrections/body-limits.ts'
import { byteRanges } from './corrections/byte-ranges.ts'
import { callPreflights } from './corrections/call-preflights.ts'
import { downloadNames } from './corrections/download-names.ts'
import { folderListing } from './corrections/folder-listing.ts'
import { mailRedirects } from './corrections/mail-redirects.ts'
import { multipartUploads } from './corrections/multipart-uploads.ts'
import { requestCheck } from './corrections/request-check.ts'
import { signedTokens } from './corrections/signed-tokens.ts'
import { signedUrls } from './corrections/signed-urls.ts'
import { verificationTypes } from './corrections/verification-types.ts'

/** Outermost first. Each can be taken out alone once lite does better. */
const corrections: Correction[] = [
  bodyLimits,
  callPreflights,
  requestCheck,
  adminUsers,
  adminLinks,
  accessTokens,
  verificationTypes,
  mailRedirects,
  multipartUploads,
  folderListing,
  signedTokens,
  signedUrls,
  downloadNames,
  byteRanges,
]

export function correctLite(api: ApiParts, lite: Answer): Answer {
  return corrections.reduceRight((next, correction) => correction(api, next), lite)
}
