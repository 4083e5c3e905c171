"""Owns the instrument that tests of surveys begin with, and its wording in Spanish."""

from __future__ import annotations

from tests.sites import TinySite

PATH = "content/migraine/surveys/working-day.yaml"
SPANISH_PATH = "content/migraine/surveys/working-day.es.yaml"
ID = "migraine~working-day"

INSTRUMENT = """\
title: Migraine and your working day
purpose: How migraine and work get along.
opens: 2026-03-01
closes: 2026-08-31
consent:
  version: 2026-03
  collection: My answers may be kept and counted.
  publication: My answers may count in the published tables.
sections:
  - key: you
    title: You and migraine
    text: Two short questions.
    questions:
      - key: years
        ask: For how many years have you had migraine?
        help: Your best guess is fine.
        kind: number
        unit: years
        least: 0
        most: 90
        bands:
          - {key: under-5, label: Less than 5 years, below: 5}
          - {key: from-5, label: 5 years or more, least: 5}
      - key: work
        ask: Do you work for pay?
        kind: single
        required: true
        options: {yes: I do, no: I do not}
  - key: day
    title: Your working day
    questions:
      - key: helps
        ask: What helps at work?
        kind: multiple
        options: {breaks: Breaks, light: Softer light, none: None of these}
        exclusive: none
        max: 2
        ask_if: {work: yes}
      - key: understood
        ask: How well do people at work understand it?
        kind: scale
        points: 5
        ends: [Not at all, Completely]
        ask_if: {work: yes, years: from-5}
      - key: mood
        ask: Have you felt hopeless because of migraine?
        kind: single
        sensitive: true
        options: {often: Often, never: Never}
      - key: words
        ask: What should others know?
        kind: text
        ask_if: {understood: [1, 2]}
breakdowns:
  - {question: understood, by: years}
"""

SPANISH = """\
title: La migraña y tu jornada
purpose: Cómo se llevan la migraña y el trabajo.
consent:
  collection: Mis respuestas se pueden guardar y contar.
  publication: Mis respuestas pueden contar en las tablas publicadas.
sections:
  you: {title: La migraña y tú, text: Dos preguntas cortas.}
  day: {title: Tu jornada}
questions:
  years:
    ask: ¿Desde hace cuántos años tienes migraña?
    help: Basta con un cálculo aproximado.
    unit: años
    bands: {under-5: Menos de 5 años, from-5: 5 años o más}
  work:
    ask: ¿Tienes un trabajo remunerado?
    options: {yes: Sí, no: No}
  helps:
    ask: ¿Qué ayuda en el trabajo?
    options: {none: Nada de esto, breaks: Pausas, light: Una luz más suave}
  understood:
    ask: ¿Hasta qué punto lo entienden en el trabajo?
    ends: [Nada, Por completo]
  mood:
    ask: ¿Te has sentido sin esperanza por la migraña?
    options: {often: A menudo, never: Nunca}
  words:
    ask: ¿Qué deberían saber los demás?
"""


def put_survey(site: TinySite) -> TinySite:
    """The instrument and its Spanish wording, put into *site*."""
    site.put(PATH, INSTRUMENT)
    site.put(SPANISH_PATH, SPANISH)
    return site
