"""Show the advisers' desk and the owner's reports: pages, lists, calendars, charts."""
