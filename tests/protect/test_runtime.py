"""The browser half as a file."""

from __future__ import annotations

import gzip
import hashlib
import re

from sitegen.protect import policy, runtime


def test_the_script_is_small_and_named_after_its_bytes() -> None:
    script = runtime.bundle()
    assert len(gzip.compress(script)) <= 25_000
    assert runtime.path() == f"sg/rt-{hashlib.sha256(script).hexdigest()[:12]}.js"


def test_the_script_uses_nothing_that_the_policy_forbids() -> None:
    script = runtime.bundle().decode()
    assert not re.findall(r"\beval\(|new Function|document\.write|outerHTML|insertAdjacentHTML|localStorage", script)
    assert script.count("innerHTML") == 1
    assert "https://" not in script
    assert "http://" not in script


def test_the_policy_allows_no_inline_code_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy.CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy.CONTENT_SECURITY_POLICY
    assert rules["trusted-types"] == "sitegen"
    assert {rules[name] for name in ("script-src", "style-src", "font-src", "connect-src")} == {"'self'"}
