"""What each key of ``gatherwell.yaml`` is for: shown by editors and in the reference of settings."""

from __future__ import annotations

CONFIG = {
    "title": "The name of the whole site, or one for each language: {en: …, es: …}.",
    "description": "One or two sentences for search engines and the first page.",
    "base_url": "Where the built site will stand; it may carry a path.",
    "language": "The language of files without a language in their name.",
    "languages": "All languages that are written here: [en, es].",
    "time_zone": "The zone in which dates without a time begin and end: Europe/London.",
    "theme": "The folder below themes/ that gives the pages their look.",
    "notice": "What readers are told on every page.",
    "organisation": "Who publishes: the footer and JSON-LD.",
    "logo": "A picture below content/, shown in the header.",
    "logo_alt": "The name that the logo shows; the title beside it is then left out.",
    "menu": "Pages that every page's menu names, after the parts of its condition: paths below content/, or {page, label, language}, or {url, label}.",
    "footer": "What the foot of every page says besides the policies.",
    "funding": "Who pays for the site, by language if you like; /trust/ shows it.",
    "ai_crawlers": "refuse: robots.txt asks collectors of texts for AI models to stay away. It works by page.",
    "social": "Places elsewhere, by name: {Mastodon: https://…}.",
    "edit_url": "A link to edit a page: https://example.org/repository/edit/main/{path}.",
    "widgets": "Polls, reactions and comments: where the function answers.",
    "comments": "What happens to a new comment before others see it.",
    "pagination": "How long pages of listings are.",
    "feeds": "How long feeds are, and what they hold.",
    "markdown": "How Markdown is read.",
    "images": "How photographs are scaled.",
    "cards": "Pictures for social networks: one per condition, one per article, or off.",
    "search": "false: no search index is built.",
    "demonstration": "true: an example that nobody turns to; crisis lines need not have been called.",
    "medical": "false: the site is about no condition of health: nothing medical in JSON-LD, no crisis lines.",
    "checks": "How seriously each check is taken: error, warning or off.",
    "reviews": "Whose review of an article counts.",
    "front_matter": "How strictly front matter is read.",
}
WIDGETS = {
    "endpoint": "A path on the site's own origin (/api/v1) or a full address; empty leaves complete, silent pages.",
    "polls": "false: polls are shown as text.",
}
COMMENTS = {
    "policy": "pre: all wait for a moderator; first: until a pseudonym was approved once; post: none waits.",
    "default": "What articles have that say nothing: open, closed or off.",
    "reactions": "The reactions on offer.",
    "quiet_hours": "When every new comment waits: 22:00-07:00, or off.",
    "in_pages": "Pages hold the published comments; false leaves them to the function alone.",
    "structured": "JSON-LD holds the comments too (DiscussionForumPosting).",
    "slow_mode": "Minutes between two comments of one author; 0 is off.",
    "minimum_age": "How old somebody says to be who writes here: 13 to 18; 0 asks nobody.",
}
ORGANISATION = {
    "name": "The organisation's name.",
    "url": "Its own site.",
    "email": "Where people can write to.",
    "telephone": "Where people can call.",
    "address": "Its postal address, in one line.",
    "charity_number": "The number under which it is registered, in quotes.",
}
FOOTER = {"text": "A sentence, or one for each language.", "links": "Pages or addresses, as in menu."}
MENU_ITEM = {
    "page": "A file below content/; in a hub's menu, beside that file. It may end with #anchor.",
    "url": "An address elsewhere.",
    "label": "What the link says; by default the page's title.",
    "language": "Only pages in this language show it.",
}
PAGINATION = {"per_page": "How many articles a page holds at least."}
FEEDS = {
    "items": "How many of the newest articles a feed holds.",
    "content": "summary: entries hold the article's summary; full: its whole text.",
    "tag": "Begins the ids of entries: a host of yours and a year in which it was yours (example.org,2026). Keep it when "
    "the site moves: with another one, feed readers show every entry again.",
}
MARKDOWN = {
    "raw_html": "true: HTML in Markdown is let through; clean: its harmless tags are, the rest is left out.",
    "typographer": "false: quotation marks and dashes stay as typed.",
    "bare_addresses": "true: addresses without angle brackets become links, as on GitHub.",
}
IMAGES = {
    "widths": "Widths in pixels, never more than the original's.",
    "quality": "How much is kept, 1 to 100.",
}
CHECKS = {
    "links": "Internal links lead to a page and an anchor that exist.",
    "images": "Pictures that articles name exist and can be read.",
    "foreign": "Markdown of other programs, which readers would see as it is written.",
    "html": "HTML that pages leave out.",
    "keys": "Keys of front matter that nobody reads.",
    "files": "Texts and data files below content/ that nothing reads, counted by suffix.",
    "dates": "No date lies where none can: an `updated` in the future, a year before 1900.",
    "address": "The settings say where the site will stand (base_url).",
    "languages": "Files in a language that is not listed, and languages without words in the theme.",
    "alt": "Every image says what it shows, or is marked as decorative.",
    "media": "Films and recordings exist, films have captions, and both have a transcript.",
    "tables": "No cell of a table is lost.",
    "people": "Authors and reviewers have a profile.",
    "reviews": "Pages are reviewed where their type needs it, recently, and in the form that readers see; error takes the text off until they are.",
    "accessibility": "The accessibility statement was compared with the site within a year.",
    "summaries": "Articles have a summary of their own.",
    "surveys": "Questions of a survey stay as they were when people began to answer.",
    "retractions": "No page leans on a source that content/_retracted.yaml names.",
    "doses": "No doses, and no advice to stop a medicine, without a source or a review.",
    "absolutes": "No cures, miracles and guarantees.",
    "safe_messaging": "Words about suicide that do no harm.",
    "person_first": "People before conditions; stories speak as they like.",
    "personal_data": "Stories give nobody away.",
    "sponsors": "Who pays for a page is named above it.",
    "disclosures": "Who writes about treatment says what ties they have.",
    "headings": "Headings skip no level and do not repeat themselves.",
    "link_texts": "Links say where they lead.",
    "tracking": "Links carry nothing that follows readers.",
    "poll_hygiene": "Everybody can answer a poll, and it leads nobody.",
    "reading": "warning: texts are easy to read by SMOG (English) or INFLESZ (Spanish). Never an error, and off without it.",
}
REVIEWS = {"roles": "Roles of people whose review is a medical one."}
FRONT_MATTER = {"extra": "Names of keys that your own theme understands: page.extra.<name>."}
