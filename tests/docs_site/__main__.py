"""``make docs``: the generated pages, then the documentation's own site, into ``.gatherwell/docs/site``."""

from __future__ import annotations

import datetime as dt
import sys

from generator.build.pipeline import build
from generator.ground.errors import SiteError
from generator.ground.project import Options, Project
from tests.docs_site.project import ROOT, make_project
from tests.docs_site.reference import write_reference

FOLDER = ROOT / ".gatherwell" / "docs"


def main() -> int:
    write_reference()
    make_project(FOLDER)
    try:
        result = build(Project(FOLDER, FOLDER / "site"), Options(now=dt.datetime.now(dt.UTC)), print)
    except SiteError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{result.pages} pages in {FOLDER / 'site'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
