"""What a child theme begins with: its theme.yaml, one block of its own, and colours to change."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.content.theme_about import bounds_of

ABOUT = """\
# A child of '{parent}': every file that is not here comes from there. The guide: themes/README.md of sitegen.
name: {name}
title: {title}
parent: {parent}
version: 0.1.0
sitegen: "{bounds}"
"""

BASE = """\
{{# Every page of the site has this frame. A block that stands here takes the place of the parent's block of that
   name; super() is what the parent has there. #}}
{{% extends "{parent}/site/base.html" %}}
{{% block styles %}}
  {{{{ super() -}}}}
  <link rel="stylesheet" href="{{{{ static('static/{name}.css') }}}}">
{{% endblock %}}
"""

RECEIVER = """\
{{# The same colours for the pages of the receiver, where mails are unsubscribed from. #}}
{{% extends "{parent}/receiver/base.html" %}}
{{% block styles %}}
  {{{{ super() -}}}}
  <link rel="stylesheet" href="{{{{ here.base }}}}static/{name}.css">
{{% endblock %}}
"""

STYLE = """\
/* Colours on top of the parent's. Its other names, lengths and fonts stand at the top of its stylesheet.
   Rules go into the parent's layers (tokens, base, prose, parts, states, print): what stands in no layer would
   overrule the states of the door, and paper. `sitegen theme doctor` measures whether every text can be read. */
@layer tokens {
  :root {
    --ground: #F6F8F4; --raised: #FFFFFF; --sunk: #E8EEE3; --line: #C9D5C2;
    --heading: #1F4A38; --accent: #9C3B1B; --link: #1F5A43;
    --button: #1F5A43; --on-button: #FFFFFF; --strip: #1F4A38; --on-strip: #F6F8F4;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ground: #131C18; --raised: #1C2822; --sunk: #0D1411; --line: #33463C;
      --heading: #CDE8D6; --accent: #F2A988; --link: #9FD9B8;
      --button: #9FD9B8; --on-button: #10201A; --strip: #0D1411; --on-strip: #E6F0E9;
    }
  }
}
"""


def first_files(name: str, parent: str, version: str) -> Mapping[str, str]:
    """The files of a new theme by their paths in its folder."""
    title = name.replace("-", " ").capitalize()
    words = {"name": name, "title": title, "parent": parent, "bounds": bounds_of(version)}
    return {
        "theme.yaml": ABOUT.format(**words),
        "site/base.html": BASE.format(**words),
        "receiver/base.html": RECEIVER.format(**words),
        f"static/{name}.css": STYLE,
    }
