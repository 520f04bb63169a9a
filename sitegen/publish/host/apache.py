"""The rules for Apache 2.4: for a virtual host, or as .htaccess where there is nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.protect.policy import Shelf, cache_control, everywhere, resource_policy
from sitegen.publish.host.paths import LONGEST, STRANGE, Pattern, literal, patterns
from sitegen.publish.host.site import MISSING, HostSite
from sitegen.publish.host.types import COMPRESSED, MEDIA_TYPES, content_type
from sitegen.publish.host.words import commented

SET_UP = """\
sitegen made this file; the next build makes it anew. Deny by default: what a site does not have is not there.
Modules: rewrite, headers, dir, mime, and deflate with filter where pages shall be compressed.

1. Put the site into {folder}.
2. In the virtual host for {host}, over https, write:
       DocumentRoot {root}
       <Directory {root}>
           Require all granted
           Options FollowSymLinks
           AllowOverride None
       </Directory>
       Include {config}/apache.conf
3. In the virtual host for port 80, write only:
       Redirect permanent / {origin}/
   Where certificates are renewed through /.well-known/acme-challenge/, send only other paths away:
       RedirectMatch permanent "^/(?!\\.well-known/acme-challenge/)(.*)" "{origin}/$1"
"""
SET_UP_FOLDER = """\
sitegen made this file; the next build makes it anew. Deny by default: what a site does not have is not there.
For hosts where you have a folder and nothing else. It needs `AllowOverride FileInfo Indexes Options`.

1. Put the site into its folder on the host.
2. Put this file beside its index.html, under the name .htaccess, after each upload that removed it.
3. Let the host send everybody from http to {origin}{base}.
"""
OPTIONS = "Options -Indexes -Includes -ExecCGI -MultiViews"


def apache(site: HostSite) -> str:
    """The text of apache.conf, for a virtual host."""
    lines = [
        *commented(SET_UP, site),
        "",
        "AllowEncodedSlashes NoDecode",
        *_rules(site, literal(site.base), f"^{literal(site.base)}"),
    ]
    lines += ["", f'<Location "{site.base}">', *_indented([OPTIONS, *_settings(site), *_headers(site)]), "</Location>"]
    return "\n".join([*lines, "", *_types(), "", *_compression(), ""])


def htaccess(site: HostSite) -> str:
    """The text of .htaccess, for the folder of the site."""
    lines = [*commented(SET_UP_FOLDER, site), "", *_rules(site, "", "^"), ""]
    # The other options can't be named here where the host allows only some.
    lines += ["Options -Indexes", *_settings(site), *_headers(site)]
    return "\n".join([*lines, "", *_types(), "", *_compression(), ""])


def _rules(site: HostSite, start: str, inside: str) -> Iterator[str]:
    """`start`: the pattern of what stands before a path below the base; `inside`: of every path that is ours."""
    yield "RewriteEngine On"
    # The error page comes through here again, with the request line of what went wrong.
    yield 'RewriteCond %{ENV:REDIRECT_STATUS} =""'
    yield "RewriteCond %{REQUEST_METHOD} !^(?:GET|HEAD)$"
    yield f'RewriteRule "{inside}" - [R=405,L]'
    yield 'RewriteCond %{ENV:REDIRECT_STATUS} =""'
    yield f'RewriteCond %{{THE_REQUEST}} "{_in_request_line(STRANGE)}" [NC]'
    yield f'RewriteRule "{inside}" - [R=404,L]'
    for moved in site.moved:
        # Apache encodes it; a backslash keeps it from reading a sign as one of its own.
        target = re.sub(r"[\\$%]", r"\\\g<0>", site.origin + site.base + moved.now)
        yield f'RewriteRule "^{start}{literal(moved.former)}/?$" "{target}" [R=301,L]'
    for pattern in patterns(site):
        if pattern.folder:
            # In a virtual host, the rules come before a path has become a file's.
            yield f"RewriteCond {'%{DOCUMENT_ROOT}%{REQUEST_URI}' if start else '%{REQUEST_FILENAME}'} -d"
            yield f'RewriteRule "^{start}({pattern.text})$" "{site.origin}{site.base}$1/" [R=301,L]'
        else:
            yield f'RewriteRule "^{start}{pattern.text}$" - [L]'
    yield f'RewriteRule "{inside}" - [R=404,L]'
    if start and site.base != "/":
        yield f'RewriteRule "^{literal(site.base[:-1])}$" "{site.origin}{site.base}" [R=301,L]'


def _in_request_line(pattern: str) -> str:
    # The request line is METHOD, a space, the target, a space, and the version.
    return pattern.replace("^[^?]*", r"^\S+ [^? ]*", 1)


def _settings(site: HostSite) -> Iterator[str]:
    yield f"ErrorDocument 403 {site.base}{MISSING}"
    yield f"ErrorDocument 404 {site.base}{MISSING}"
    yield "DirectoryIndex index.html"
    # It would send readers to the scheme and host that this server knows; a proxy in front may know better.
    yield "DirectorySlash Off"


def _headers(site: HostSite) -> Iterator[str]:
    for name, value in everywhere(site.https):
        yield f'Header always set {name} "{value}"'
    yield f'Header always set Cache-Control "{cache_control(Shelf.PAGE)}"'
    for pattern in patterns(site):
        if pattern.folder or len(pattern.text) > LONGEST:
            continue
        yield from _own_headers(site, pattern)


def _own_headers(site: HostSite, pattern: Pattern) -> Iterator[str]:
    expression = f"expr=%{{REQUEST_URI}} =~ m#^{literal(site.base)}{pattern.text}$# && %{{REQUEST_STATUS}} -lt 400"
    shared, kept = resource_policy(pattern.shelf), cache_control(pattern.shelf)
    if shared:
        yield f'Header always set Cross-Origin-Resource-Policy "{shared}" "{expression}"'
    if kept != cache_control(Shelf.PAGE):
        yield f'Header always set Cache-Control "{kept}" "{expression}"'


def _types() -> Iterator[str]:
    for endings in MEDIA_TYPES.values():
        chosen = "|".join(ending[1:] for ending in endings)
        yield f'<FilesMatch "\\.(?:{chosen})$">'
        yield f'    ForceType "{content_type(endings[0])}"'
        yield "</FilesMatch>"


def _compression() -> Iterator[str]:
    yield "<IfModule mod_deflate.c>"
    yield "    <IfModule mod_filter.c>"
    yield f"        AddOutputFilterByType DEFLATE {' '.join(COMPRESSED)}"
    yield "    </IfModule>"
    yield "</IfModule>"


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)
