/**
 * The content security policy: no remote content, no inline code, no frames. It is sent as a header with every file of the
 * application's scheme, and the build writes it into the page once more.
 */
const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  // `data:` is for small pictures that Linnet itself makes.
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

export const CONTENT_SECURITY_POLICY = write(DIRECTIVES)

/** For a `<meta>`, where frame-ancestors has no effect but a warning. */
export const META_CONTENT_SECURITY_POLICY = write({ ...DIRECTIVES, 'frame-ancestors': undefined })

function write(directives: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(directives)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name} ${value}`))
    .join('; ')
}
