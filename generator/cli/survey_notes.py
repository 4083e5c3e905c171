"""What each key of an instrument is for: shown by editors and in the reference."""

from __future__ import annotations

SURVEY = {
    "title": "The heading of the survey's page.",
    "purpose": "What it is for, in two or three plain sentences; readers see it first.",
    "opens": "The day on which it opens (2026-03-14, or 2026-03-14T10:00).",
    "closes": "The last day on which answers are taken.",
    "consent": "What people agree to before they send: {version, collection, publication}.",
    "version": "1 at first; a higher one begins a new count.",
    "wording": "The mark of the questions as they were when the survey opened; a warning names the one to write.",
    "sponsor": "Who pays for it; a report needs it.",
    "ethics": "What an ethics committee said, or why none was asked; a report needs it.",
    "recruitment": "Who can answer and how they hear of it; a report needs it.",
    "age": "From which age on people may answer.",
    "sections": "Groups of questions, shown one by one: - {key, title, text, questions}.",
    "questions": "The questions of a survey without sections.",
    "breakdowns": "Answers that may be published by the answers to another question: - {question: helps, by: years}.",
    "interim": "From this day on tables may be published before the closing, once 100 people have answered.",
    "months": "How many months after the closing every answer is erased.",
    "exact": "true: numbers are published without protection of single people; read the document “Surveys” first.",
    "draft": "true: only builds with --drafts show it.",
}
CONSENT = {
    "version": "Changes whenever one of the two texts does, such as 2026-03.",
    "collection": "Beside the tick without which nothing can be sent.",
    "publication": "Beside the tick without which answers count in no published table.",
}
SECTION = {
    "key": "The section's name, which its translations use.",
    "title": "Its heading.",
    "text": "A sentence below it.",
    "questions": "Its questions, in order.",
}
QUESTION = {
    "key": "The name under which answers are counted; it never changes.",
    "ask": "The question.",
    "kind": "single, multiple, scale, number or text.",
    "help": "A sentence that helps to answer.",
    "options": "Answers of single and multiple: a key and its words, {often: Often, never: Never}.",
    "exclusive": "Options of multiple that stand alone: none.",
    "min": "The fewest options of multiple that make an answer.",
    "max": "The most options of multiple that can be chosen.",
    "points": "How many points a scale has: 2 to 11.",
    "ends": "What the two ends of a scale mean: [Not at all, Completely].",
    "unit": "What a number counts: days.",
    "least": "The smallest number that is possible.",
    "most": "The largest number that is possible.",
    "decimals": "How many digits a number may have after the point; none without it.",
    "bands": "The ranges under which numbers are published, in order: - {key, label, least, below}.",
    "ask_if": "Asked only after these answers to earlier questions: {work: [yes, some]}.",
    "required": "true: the survey cannot be sent without an answer.",
    "sensitive": "true: crisis lines stand beside it.",
}
BAND = {
    "key": "The name under which it is counted; it never changes.",
    "label": "How it is called in tables: 5 to 9 years.",
    "least": "The smallest number in it; the first band may leave it out.",
    "below": "The next band's smallest number; the last band leaves it out.",
}
BREAKDOWN = {
    "question": "The question whose answers are shown.",
    "by": "The question that makes the groups; it has one answer.",
}
WORDING = {
    "title": "The title in this language.",
    "purpose": "The purpose in this language.",
    "consent": "The two ticks in this language: {collection, publication}.",
    "questions": "The words of each question by its key: {years: {ask: …}}.",
    "sections": "The words of each section by its key: {you: {title: …}}.",
    "wording": SURVEY["wording"],
    "sponsor": "The sponsor in this language, if the instrument names one.",
    "ethics": "The same for ethics.",
    "recruitment": "The same for recruitment.",
}
CONSENT_WORDING = {key: CONSENT[key] for key in ("collection", "publication")}
SECTION_WORDING = {key: SECTION[key] for key in ("title", "text")}
QUESTION_WORDING = {
    "ask": "The question.",
    "help": "The help, if the instrument has one there.",
    "options": "The words of each option by its key.",
    "ends": "The words of a scale's two ends.",
    "unit": "The unit, if the instrument has one there.",
    "bands": "The words of each band by its key.",
}
REVIEWED = {
    "version": "The version of the survey that these are the results of.",
    "moment": "When these numbers were fixed.",
    "responses": "How many people's answers count.",
    "tables": "The tables: one for each question, and one for each breakdown.",
    "final": "true: nothing comes after these numbers.",
    "base": "What counts are rounded to: 5, or 1 where the survey publishes exact counts.",
    "simulated": "true: nobody answered, and every page that shows a number says so.",
}
REVIEWED_TABLE = {
    "question": "The key of the question.",
    "by": "The key of the question whose answers divide the people.",
    "moment": "When this table changed last, if that is not the moment above.",
    "answered": "How many people answered the question; without by.",
    "answers": "How many gave each answer, by its key, or kept back; without by.",
    "groups": "With by: answered and answers of each group, by its key.",
}
REVIEWED_GROUP = {
    "answered": "How many people of this group answered the question.",
    "answers": "How many of them gave each answer, by its key, or kept back.",
}
