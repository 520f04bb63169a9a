"""README.txt beside the host rules: which file is for which host, in plain words."""

from __future__ import annotations

from sitegen.publish.host.site import HostSite
from sitegen.publish.host.words import filled

TEXT = """\
How to put {host} on a web host
===============================

Only output/site/ goes to the web. The files here tell a host how to serve it: which headers to send, and to deny
everything that the site does not have. The site is locked without them too; they are its second fence.

Take the one that fits, and do the three steps that stand at its top.

  Your host                        File
  nginx                            nginx.conf
  Apache, your own server          apache.conf
  Apache, rented web space         htaccess.txt   (on the host its name is .htaccess)
  Caddy                            Caddyfile
  Netlify                          netlify.toml, or netlify/_headers and netlify/_redirects
  Cloudflare Pages                 cloudflare/_headers, cloudflare/_redirects and cloudflare/_routes.json
  A proxy or gateway of your own   access.json    (paths and opaque audience ids; everything else is denied)

Every build makes these files anew. They change when you add a new top folder, a new kind of file, another address, or
an alias of a page: then copy them again and let the server read them again. `sitegen deploy` carries the site, not
these files.

If your host knows who is there, it can let each audience's files out to that audience alone. Write
`layout: by-audience` below `output:` in site.yaml: each audience then has a folder below {base}a/, and access.json
says which is whose. The folders' names change with the keys, so let the host read access.json after every deploy.

What matters wherever you host:

- https only, under one name: {origin}. A printed card lives for years, and whoever owns this name
  can read the codes that visitors bring. Keep the name, and let nothing redirect it to another one.
- No other site below the same name: pages of one name can read each other's keys in a visitor's browser.
- No scripts of others, no statistics, no chat, no shortened links. A link's code stands behind the #, which browsers
  tell no host, but a script in the page could read it.
- A host that can't send these headers can still serve the site: the pages carry most of their policy themselves.
- Let no cache keep {base}sg/site.json. Of the rest of {base}sg/, only scripts and packs (below k/) may be kept
  without asking.
"""


def guide(site: HostSite) -> str:
    """The text of README.txt."""
    return filled(TEXT, site)
