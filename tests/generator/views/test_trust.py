"""``/trust/`` and ``trust.json`` of each host: figures of its own, and ways from one to the other."""

from __future__ import annotations

import json

from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
cards: "off"
conditions: {ms: {base_url: "https://ms.example/"}}
== content/_people/ana.md
---
name: Ana
role: clinician
credential: Nurse
---
== content/ms/_index.md
---
title: Multiple sclerosis
---
== content/ms/a.md
---
title: A
type: treatment
reviewer: ana
last_reviewed: 2026-05-01
---
Words.
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/b.md
---
title: B
type: treatment
---
Words.
"""
