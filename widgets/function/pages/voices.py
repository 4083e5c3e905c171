"""Owns the pages of one's own story or question: taken, with its receipt shown once; as it stands, with what can be done;
taken back."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from widgets.function.pages.help_lines import help_parts, help_title
from widgets.function.pages.mine import private_parts
from widgets.function.pages.page import html_page, link, link_to_own, paragraph
from widgets.function.strings import language, phrase
from widgets.function.text.crisis_help import Help

if TYPE_CHECKING:
    from widgets.function.kinds.voice_shapes import OwnVoice

_FOLDERS: Final = {"story": "stories", "question": "questions"}


def sent_page(lang: str, receipt: str, page: str, given: Help, *, first: bool) -> Response:
    """With lines of help these come first. The receipt is in this answer and nowhere else."""
    lang = language(lang)
    parts = [*help_parts(lang, "voice", given)] if given else []
    parts += [paragraph(phrase(lang, "voice-sent"))]
    if receipt:
        parts += [
            f"<h2>{escape(phrase(lang, 'receipt-title'))}</h2>",
            f"<p><strong>{escape(receipt)}</strong></p>",
            paragraph(phrase(lang, "voice-receipt")),
        ]
    if first:
        parts.append(paragraph(phrase(lang, "cookie")))
    parts += [link(page, phrase(lang, "back")), link_to_own(lang)]
    return html_page(lang, help_title(lang, given) if given else phrase(lang, "voice-sent-title"), parts)


def own_page(lang: str, voice: OwnVoice, receipt: str, given: Help, done: str = "") -> Response:
    """*done* says what a press has just changed, where the state does not."""
    parts = [*help_parts(lang, "voice", given)] if given else []
    parts += [paragraph(done)] if done else []
    parts += [forms_of(lang, voice, receipt), link_to_own(lang)]
    return html_page(lang, phrase(lang, f"voice-mine-title-{voice.kind}"), parts)


def withdrawn_page(lang: str) -> Response:
    parts = [
        paragraph(phrase(lang, "voice-withdrawn")),
        link_to_own(lang),
    ]
    return html_page(lang, phrase(lang, "voice-withdrawn-title"), parts)


def forms_of(lang: str, voice: OwnVoice, receipt: str = "") -> str:
    """One's own story with all that its writer can do to it now, each a form of its own."""
    form = _Forms(lang, voice, receipt)
    parts = [f"<h2>{escape(voice.written.title)}</h2>", paragraph(voice.said)]
    if voice.reason:
        parts += [paragraph(voice.reason), voice.help]
    for message in voice.messages:
        by = phrase(lang, f"voice-message.{message.by}")
        parts.append(f"<p><strong>{escape(by)}</strong> ({message.day}):<br>{_lines(message.text)}</p>")
    if voice.compared is not None:
        both = (("voice-offered", voice.compared.after), ("voice-yours", voice.compared.before))
        sides = "".join(
            f"<section><h3>{escape(phrase(lang, key))}</h3>{html}</section>" for key, html in both
        )
        parts += [
            paragraph(phrase(lang, "voice-compared")),
            f'<div class="both">{sides}</div>',
            form.button("accept", phrase(lang, "voice-accept")),
        ]
    if voice.answer is not None:
        parts += private_parts(lang, voice.id, voice.answer.html, voice.answer.button)
    if voice.replies:
        parts.append(form.reply())
    elif voice.page:
        parts.append(link(voice.page, voice.written.title))
    parts.append(f"<h3>{escape(phrase(lang, 'voice-consents'))}</h3>")
    for consent in voice.consents:
        words = phrase(lang, f"voice-consent.{consent}")
        if consent != "publish":
            button = phrase(lang, "voice-consent-withdraw").format(consent=words)
            parts.append(
                form.button("consent", button, f'<input type="hidden" name="consent" value="{consent}">')
            )
    parts.append(paragraph(voice.withdrawing))
    parts.append(form.button("withdraw", phrase(lang, "voice-withdraw")))
    return f"<article>{''.join(parts)}</article>"


class _Forms:
    def __init__(self, lang: str, voice: OwnVoice, receipt: str) -> None:
        self._lang, self._voice = lang, voice
        carried = {"lang": lang, "revision": str(voice.revision), "receipt": receipt}
        self._hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in carried.items()
            if value
        )
        self._target = f"/api/v1/{_FOLDERS[voice.kind]}/{voice.id}"

    def _form(self, inside: str) -> str:
        return f'<form method="post" action="{self._target}">{self._hidden}{inside}</form>'

    def button(self, action: str, words: str, inside: str = "") -> str:
        return self._form(f'{inside}<button name="action" value="{action}">{escape(words)}</button>')

    def reply(self) -> str:
        lang, voice = self._lang, self._voice
        id_ = voice.id
        return self._form(
            f"<fieldset><legend>{escape(phrase(lang, 'voice-reply'))}</legend>"
            f'<label for="m-{id_}">{escape(phrase(lang, "voice-reply"))}</label>'
            f'<textarea id="m-{id_}" name="message" rows="3"></textarea>'
            f'<label for="t-{id_}">{escape(phrase(lang, "voice-title"))}</label>'
            f'<input id="t-{id_}" name="title" value="{escape(voice.written.title)}">'
            f'<label for="x-{id_}">{escape(phrase(lang, "voice-text"))}</label>'
            f'<textarea id="x-{id_}" name="text" rows="12">\n{escape(voice.written.text)}</textarea>'
            f'<button name="action" value="reply">{escape(phrase(lang, "voice-send-reply"))}</button></fieldset>'
        )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
