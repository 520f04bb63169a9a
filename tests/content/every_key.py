"""A shop in which every key stands that sitegen reads, for tests that hold descriptions against readers."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "content/site.yaml": """\
name: Every key
tagline: In one shop
url: https://example.com
timezone: Europe/London
language: en
languages: [en, zh]
currency: GBP
address: {street: 3 Lantern Wynd, postcode: EH6 6ZZ, city: Edinburgh, country: GB}
phone: "+44 131 496 0123"
hotline: {name: Advice, phone: "+44 131 496 0124"}
countries: [GB]
sender: {name: Us, address: a@example.com, unsubscribe: b@example.com, bounces: c@example.com}
smtp:
  host: mail.example.com
  port: 587
  security: starttls
  hello: example.com
  user: us
  ca: certificates.pem
  rate: 20
  errors: 0.05
  dkim: {selector: autumn, domain: example.com}
channels: {page: {lead: 0}, mail: {lead: 0}, text: {lead: 0}, card: {lead: 14}}
catch_up: 3
caps:
  promotion: {day: 1, week: 1, month: 2, mail: {day: 1, week: 1, month: 2}, text: {day: 1}, card: {month: 1}}
  care: {day: 1, mail: {day: 1}, text: {day: 1}, card: {month: 1}}
  survey: {month: 1, mail: {day: 1}, text: {day: 1}, card: {month: 1}}
  bypass: [birthday]
quiet_hours: {mail: "20:00-09:00", text: none}
texts: {sender: EveryKey, price: 0.075, most_segments: 3}
receiver: https://hello.example.com
topics: {tea: {en: Tea, zh: 茶}, linen: Linen}
print_house: ours
ledger: .sitegen/ledger.sqlite
rekey: month
theme: mine
member_home: welcome.md
output: {messages: 10, member_data: basic, reproducible: yes, layout: by-epoch, export: no, staff_pages: [desk]}
paginate: 12
feeds: {items: 20, content: full, tags: no}
menus:
  main:
    - {title: More, weight: 5, children: [{page: index.md, weight: 1}, {title: Away, url: "https://example.com/"}]}
  footer:
    - {title: Home, page: index.md}
images: {widths: [480], formats: [avif], quality: {avif: 50, webp: 75, jpeg: 82}, cards: yes}
check:
  skip: ["https://example.com/"]
  drafts: ignore
data:
  folder: content/customers
  memory: 1GB
  columns:
    customers:
      cup:
        type: text
        meaning: which cup
        unit: cups
        required: no
        allowed: [blue, white]
        personal: yes
  tables:
    repairs:
      meaning: something to mend
      key: [repair_id]
      day: day
      columns:
        repair_id: {type: text}
        customer_id: {type: text, refers_to: customers}
        day: {type: date}
""",
    "content/programme/all.yaml": """\
tiers:
  - {name: Friend, threshold: 0, discount: 2.5, benefit: Tea}
occasions:
  fixed: {month: 10, day: 18}
  sunday: {nth: 2, weekday: sunday, month: 11}
  moon: {lunar: 8-14}
  term: {solar_term: start-of-winter}
  easter-tea: {easter: 1}
  christmas: {holiday: gb-christmas-day}
  rain: {weather: rain}
contracts:
  - name: A year
    term: 12
    fee: 96
    discount: 3
    gives: [mending]
    renewal: on-request
    notice: 30
    holders: friends
    page: index.md
    tiers: [Friend]
    audience: friends
    groups: [linen]
    products: [P-1]
ladder:
  - name: linen
    count: orders
    within: 90
    groups: [linen]
    products: [P-1]
    tiers: [Friend]
    audience: friends
    steps: [{from: 2, discount: 2.5}, {from: 3, discount: 5}]
payment:
  - {name: later, kind: invoice, days: 30, least: 10, discount: 1, tiers: [Friend], audience: friends}
  - {name: parts, kind: instalments, parts: 3}
  - {name: fifth, kind: deposit, share: 20, days: 60}
off_season:
  - name: summer
    opens: 06-01
    closes: 08-31
    delivers: 10-01
    discount: 5
    deposit: 20
    groups: [quilts]
    products: [P-1]
    tiers: [Friend]
    audience: friends
price_protection:
  uncollected: 60
  unsold: 90
  groups: [linen]
  products: [P-1]
  tiers: [Friend]
  audience: friends
coupons:
  - name: thanks
    occasion: first-order
    gives: {percent: 5, most: 10}
    says: five per cent
    valid: 60
    within: 14
    least: 50
    gift: P-1
    per_customer: 1
    in_all: 100
    budget: 500
    groups: [linen]
    products: [P-1]
    tiers: [Friend]
    audience: friends
  - {name: moon-tea, occasion: moon, gives: {thing: tea, cost: 4}, says: tea, valid: 60}
  - {name: ten, occasion: moon, gives: {amount: 10}, says: ten, valid: 60}
attachments:
  - {name: map, file: a.svg, page: index.md, thing: a map, says: Here., groups: [linen], products: [P-1]}
care:
  answer: {hours: 8, days: [monday, friday], open: "09:00-17:00", channels: [call, form]}
  pages: {linen: index.md}
life_stages:
  title: Little ones
  months: -1..2
  stages:
    - {months: -1, title: Soon, say: Rest., page: index.md, groups: [linen], products: [P-1]}
    - {months: 0..2, title: Here, say: Welcome.}
coverage:
  every: {before: index.md, during: [index.md], after: [index.md]}
  groups:
    linen: {before: index.md, during: index.md, after: index.md}
  products:
    P-1: {before: index.md, during: index.md, after: index.md}
standards:
  - {title: An answer, expect: Soon, minimum: A word, within: 1 working day, measure: the clock}
returns:
  within: 30 days
  condition: unwashed
  pays: shop
  steps: [Tell us., Send it.]
  refund: 5 working days
  exceptions: [blessed beads]
  page: index.md
complaints:
  channels: [call]
  answer: 4 hours
  invite: Tell us.
  steps: [We listen.]
  page: index.md
complaint_desk:
  days: {listen: 0, talk: 1, apologise: 0, analyse: 2, explain: 1, process: 3, compensate: 2, result: 3, feedback: 7}
  head office: [quality]
  second chance: 30 days
  likeness: 70
points:
  since: 2024-03-01
  earn:
    points: 1
    for_each: 1
    tiers: {Friend: 1.5}
    groups: {tea: 2}
    most: 500
    happenings: {review: 20, referral: 100, birthday: 50}
  pending: 14
  expire: {months: 24, at: month-end, notice: 60}
  as_price: yes
  price: {worth: 0.01, most: 10}
  gifts:
    - name: tin
      points: 400
      title: {en: A tin, zh: 一罐}
      about: Oolong
      product: P-1
      tiers: [Friend]
      from: 2026-01-01
      until: 2026-12-31
      stock: 12
    - {name: hour, points: 2000, title: An hour, service: At the loom, audience: everyone}
gatherings:
  least: 4
  audience: friends
  answer_until: 3
  party: 2
  reminders: [14, 2]
  ideas: {within: 60, poll: ideas}
  themes: {product: A, nature: B, clothing: C, health: D, fashion: E, parenting: F, beauty: G, tea: H}
related:
  audience: friends
  new_within: 90
  products:
    P-1: {with: [P-2], upgrade: P-3}
prices:
  rounding: {mode: half-even, step: 0.05}
  without: {groups: [gifts], products: [P-9]}
  exclusive:
    - {groups: [beads], products: [P-1], tiers: [Friend], audience: friends, from: 2026-01-01, until: 2026-12-31}
  stock: {few: 10, last: 2}
  unsold: {days: 90, on_shelf: 60, discount: 8, tiers: [Friend], audience: friends}
newcomers:
  - {name: first, discount: 5, groups: [beads], products: [P-1], from: 2026-01-01, until: 2026-12-31}
stacking:
  most: 1
  together:
    - [tier-price, coupon]
  on_top: [birthday-extra]
  floor: 25
  without: {groups: [gifts], products: [P-9]}
benefits:
  - name: birthday-extra
    title: Something on top
    every: birthday
    before: 1
    after: 6
    gives: {discount: 3, gift: Tea, service: An hour, page: index.md}
    tiers: [Friend]
    audience: friends
    groups: [beads]
    products: [P-1]
    pieces: 2
    from: 2026-01-01
    until: 2026-12-31
  - {name: christmas-tea, occasion: christmas, gives: {gift: Tea}}
""",
    "content/programme/reports.yaml": """\
reports:
  lost after: 365 days
  warned after: 180 days
  years: 10
  margin: 10
  unsold after: 90 days
  least: 5
  benchmarks:
    acquisition cost: {value: 6, source: our own books, low: 5, high: 10}
    old profit: {value: 15, source: us, low: 15, high: 15}
    yearly loss: {value: 20, source: us, low: 10, high: 30}
    influenced: {value: 25, source: us, low: 25, high: 25}
    tempted: {value: 8, source: us, low: 8, high: 8}
    won: {value: 1, source: us, low: 1, high: 1}
    circle: {value: 250, source: us, low: 250, high: 250}
    new per 100 satisfied: {value: 25, source: us, low: 25, high: 25}
    silent per complaint: {value: 20, source: us, low: 20, high: 200}
    satisfied rebuying: {value: 40, source: us, low: 40, high: 40}
    gold share: {value: 80, source: us, low: 80, high: 80}
    care gain: {value: 20, source: us, low: 20, high: 20}
    sales gain: {value: 40, source: us, low: 40, high: 40}
  couriers: {most: 5, least: 30, over: 180 days, late after: 5 days}
  plan:
    title: Ours
    goals:
      - {title: They come back, report: satisfaction, figure: rebuying, at least: 40}
      - {title: Few leave, report: warning, figure: warned-share, at most: 10}
    actions:
      - {title: Tea, months: [3, 9], who: everybody}
      - {title: Cake, on: 2026-10-06}
  maintenance:
    - {title: Weeks of thanks, from: 2026-09-01, until: 2026-09-30}
""",
    "content/programme/duties.yaml": """\
desk:
  since: 2026-08-01
  ahead: 7 days
  hours: 10:00-18:00
  escalate: {region: 2 days, head office: 1 week}
  dossiers: due
  regions: {North: A-05}
  head office: A-05
  owners: [A-05]
  never: [Buy now.]
duties:
  - name: row
    title: Of a row
    why: they asked for speed
    what: call
    for each: referrals
    whom: referred
    day: order.delivered_on
    with: {order.amount: more than 2000}
    weather: rain
    done on: called_on
    proof: {subject: is thanks}
    campaign: letter
    after: 1 day
    within: the same day
    by: adviser
    who: {all: [{class: is customer}]}
    questions: [Do they like it?, {ask: Is it comfortable?, answer: comfortable}]
    say: [Good day.]
    never: [Buy now.]
  - name: sum
    what: letter
    within: 14 days
    crossed: {sum of: orders.amount, at: [1000, 3000], each: ever, where: {gift: yes}}
  - name: first
    what: visit
    within: 30 days
    by: region
    top: {sum of: orders.amount, count: 2, on: 01-10, per: region, where: {gift: yes}}
  - {name: again, what: visit, within: 30 days, every: 6 months, who: friends}
""",
    "content/law.yaml": """\
add:
  - {rule: product-link, patterns: ["https://shop.example.com/*"]}
  - {rule: price, phrases: ["# shillings"], innocent: ["two shillings in my shoe"]}
allow:
  - {rule: price, reason: a quotation, phrase: 5 pounds, file: campaigns/letter.md}
""",
    "content/audit.yaml": """\
allow:
  - {phrase: a word, reason: it is known}
  - {page: pages/welcome.md, reason: it is known}
  - {asset: a.svg, reason: it is known}
""",
    "content/surveys/letter.yaml": """\
title: {en: Questions, zh: 问题}
intro: Three minutes.
questions:
  quality: How is it?
  service: {en: And we?}
  price: And the price?
  innovation: And what is new?
  image: And the bag?
purpose: What to do better
checklist: {trivial: image, avoided: [price], purpose: [quality, service, innovation]}
tried: {by: me, on: 2026-09-01}
""",
    "content/surveys/ideas.yaml": """\
title: Ideas
ideas:
  G-001: {en: A night on a lightship, zh: 灯船一夜}
  G-002: Bread
tried: {by: me, on: 2026-09-01}
""",
    "content/print/ours.yaml": """\
title: Ours
bleed: 3
marks: no
records: 500
variable: no
ink: 300
intent: {identifier: FOGRA39, condition: Coated paper, registry: "http://www.color.org", profile: fogra39}
sheet: {paper: A3, margin: 5, gutter: 10, duplex: long-edge, order: cut-and-stack, lift: 500, registration: no}
""",
    "content/segments/all.yaml": """\
segments:
  friends:
    title: Friends
    why: you came back
    all:
      - total spent: at least 10
""",
    "content/pages/index.md": """\
---
title: Home
audience: public
layout: home
weight: 1
menu: [footer]
image: /assets/a.svg
toc: yes
date: 2026-01-02
updated: 2026-01-03
description: A page
teaser: A word
publish_on: 2026-01-01
expire_on: 2030-01-01
draft: no
tags: [tea]
language: en
slug: home
aliases: [old]
list: yes
sort: date
first: {friends: 2025-12-01}
translation_of: pages/welcome.md
event: {start: 2026-10-03 15:00, end: 2026-10-03 17:00, place: Here, organizer: Us, id: E-1}
---
Words.
""",
    "content/pages/welcome.md": "---\ntitle: Welcome\n---\nWords.\n",
    "content/campaigns/letter.md": """\
---
title: A letter
kind: letter
audience: {all: [{total spent: at least 10}]}
channels: {first of: [text, mail]}
occasion: moon
offset: 1
every: birthday
on: 2026-10-03
subject: A letter
preheader: For you
description: A letter
teaser: A word
publish_on: 2026-01-01
expire_on: 2030-01-01
updated: 2026-01-03
draft: yes
tags: [tea]
language: en
translation_of: campaigns/card.md
slug: letter
aliases: [old-letter]
sales: no
event: {start: 2026-10-03, end: 2026-10-04, place: Here, organizer: Us, id: E-1}
first: {friends: 2025-12-01, everyone: 2025-12-15}
---
Words.
""",
    "content/campaigns/card.md": """\
---
title: A card
kind: contact
audience: everyone
channels: [card]
on: 2026-10-03
card: plain
message: contact/hello
---
""",
    "content/messages/contact/hello.md": """\
---
title: Hello
kind: contact
language: en
season: spring
tags: [short]
---
We miss you.
""",
    "content/assets/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "themes/mine/theme.yaml": """\
name: mine
title: Mine
description: A theme
version: "1.0"
author: Us
licence: MIT
homepage: https://example.com
sitegen: ">=0.1,<2"
parent: hearth
picture_sizes: 100vw
fonts:
  - {family: Ours, licence: OFL-1.1, text: fonts/OFL.txt}
copied: {site/base.html: "0"}
""",
    "themes/mine/cards/plain/design.yaml": """\
title: Plain
base: [faces, letter]
kinds: [contact]
width: 105
height: 148
bleed: 3
safe: 5
art: {front: front.svg, back: back.svg}
qr: {page: back, x: 65, y: 96, size: 26}
fold: {axis: vertical, at: 50}
slots:
  greeting: {page: back, x: 11, y: 30, width: 83, height: 60, sizes: [13, 12], one_line: no}
""",
    "themes/mine/cards/plain/card.html": "",
    "themes/mine/cards/plain/card.css": "",
    "themes/mine/social/card.yaml": """\
ground: social/ground.png
title: {x: 1, y: 1, width: 100, height: 100, sizes: [80, 60], ink: "#2F3E63", fonts: [fonts/a.ttf]}
name: {x: 1, y: 200, width: 100, height: 100, sizes: [20], ink: "#2F3E63", fonts: [fonts/a.ttf]}
""",
    "themes/mine/locale/en.yaml": "logout: Log out\n",
}
"""Keys that exclude each other stand together: this shop is read, never built."""


def write_shop(root: Path) -> None:
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
