"""All host rules of a site as files below output/host/."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.artifact import PrivateArtifact
from sitegen.publish.host.access import access
from sitegen.publish.host.apache import apache, htaccess
from sitegen.publish.host.caddy import caddy
from sitegen.publish.host.cloudflare import cloudflare_headers, cloudflare_redirects, cloudflare_routes
from sitegen.publish.host.guide import guide
from sitegen.publish.host.netlify import netlify_file, netlify_headers, netlify_redirects
from sitegen.publish.host.nginx import nginx
from sitegen.publish.host.site import HostSite

FOLDER = "host"
FILES = {
    "README.txt": guide,
    "access.json": access,
    "nginx.conf": nginx,
    "apache.conf": apache,
    "htaccess.txt": htaccess,
    "Caddyfile": caddy,
    "netlify.toml": netlify_file,
    "netlify/_headers": netlify_headers,
    "netlify/_redirects": netlify_redirects,
    "cloudflare/_headers": cloudflare_headers,
    "cloudflare/_redirects": cloudflare_redirects,
    "cloudflare/_routes.json": cloudflare_routes,
}


def host_files(site: HostSite) -> Iterator[PrivateArtifact]:
    """Every file of output/host/; none of them is ever deployed by itself."""
    for name, text in FILES.items():
        yield PrivateArtifact(f"{FOLDER}/{name}", text(site).encode())
