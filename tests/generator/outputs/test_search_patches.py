"""Over random histories an index that is changed equals one that is made anew, and changes few files."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.bodies.render import BodyResult, put_bodies, render_early
from generator.content.front_matter.parse import Parsed
from generator.disk.cache import Cache
from generator.ground.model import MarkdownOptions
from generator.ground.text import digest
from generator.outputs.search import limits, outputs
from generator.outputs.search.cells import Limits
from generator.outputs.search.files import IndexFiles, Place
from generator.outputs.search.records import IndexPlan, Record, Subject, encode_record
from generator.outputs.search.state import Change, State
from generator.processes.workers import Workers
from generator.site.permalinks import Root

PREFIX = "search/index/en/"
ROOT = Root("", "https://tiny.example", "/")
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
QUICK = settings(
    max_examples=4, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck)
)
LONG = settings(QUICK, max_examples=200, derandomize=False)
VOCABULARY = [f"{first}{middle}{last}" for first in "abcm" for middle in ("ain", "igr", "ou", "eri") for last in
              ("", "s", "ed", "ing", "ation", "al", "ine", "y", "ies")]  # fmt: skip


@lru_cache(1024)
def rendered(language: str, text: str) -> BodyResult:
    """The body of *text*; most texts stay over many steps of a history."""
    return render_early(MarkdownOptions(), language, Parsed(body_digest=digest(text)), text)


class Bench:
    """An index in a folder, made and changed without a site around it."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self.folder = folder
        self.language = language
        self.cache = Cache(folder / "state", "1")
        self.files: dict[str, bytes] = {}
        self.changed: set[str] = set()
        self.whole = False
        self.token = ""

    def index(
        self, records: Mapping[str, Record], texts: Mapping[str, str], same: tuple[tuple[str, ...], ...]
    ) -> None:
        """Bring the index up to *records*, whose bodies are *texts*."""
        bodies = {name: rendered(self.language, texts[name]) for name in records}
        put_bodies(self.cache, list(bodies.values()))
        made = {
            name: msgspec.structs.replace(record, body=bodies[name][0]) for name, record in records.items()
        }
        subjects = {
            name: Subject(record.home, digest(encode_record(record)), lambda record=record: record)  # type: ignore[misc]
            for name, record in made.items()
        }
        self._step(IndexPlan(ROOT, self.language, subjects, same, digest(repr(same))))

    def _step(self, plan: IndexPlan) -> None:
        new = self.folder / "new"
        new.mkdir(exist_ok=True)
        state = State(self.cache, "scope\n")
        old = {path: digest(content) for path, content in self.files.items()}
        place = Place(self.cache.path, new, self.folder / "spill", PREFIX, old)
        with Workers(1) as workers:
            files = outputs._files(plan, place, state, state.known(self.token), workers)
        self.changed, self.whole = set(), bool(files and files.whole)
        if files is not None:
            self._take(files, new)
            Change("scope\n", files.rows, files.gone_rows, files.whole).save(self.cache)
        shutil.rmtree(new)

    def _take(self, files: IndexFiles, new: Path) -> None:
        before = dict(self.files)
        if files.whole:
            self.files = {}
        for path in files.gone:
            del self.files[path]
        for fresh in files.fresh:
            file = new / fresh.output_path
            self.files[fresh.output_path] = file.read_bytes() if file.exists() else before[fresh.output_path]
        self.token = files.fresh[-1].view
        every = {*before, *self.files}
        self.changed = {path for path in every if before.get(path) != self.files.get(path)}


def clean(folder: Path, bench: Bench, *state: object) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    other = Bench(folder, bench.language)
    other.index(*state)  # type: ignore[arg-type]
    other.cache.close()
    return other.files


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files so small that a few pages cross every limit."""
    monkeypatch.setattr(limits, "WORDS", Limits(500, 8, 4))
    monkeypatch.setattr(limits, "ENDS", Limits(120, 8, 4))
    monkeypatch.setattr(limits, "LONG", 5)
    monkeypatch.setattr(limits, "BEST", 3)
    monkeypatch.setattr(limits, "BEST_OF_ONE", 1)


def prose(chance: Random, most: int = 30) -> str:
    words = [VOCABULARY[int(len(VOCABULARY) * chance.random() ** 2)] for _ in range(chance.randint(1, most))]
    return " ".join(words)


def page(chance: Random, name: str) -> tuple[Record, str]:
    home = chance.choice(("", "migraine", "fatigue"))
    record = Record(
        url=f"/{home}/{name}/",
        title=prose(chance, 5),
        type=chance.choice(("story", "basics")),
        home=home,
        summary=chance.choice(("", prose(chance, 6))),
        conditions=chance.choice(((home,) if home else (), ("migraine",))),
        topics=chance.choice(((), ("Sleep",), ("Sleep", "Food"))),
        also=chance.choice(((), ("hemicrania",))),
    )
    return record, f"{prose(chance)}\n\n## {prose(chance, 4)}\n\n{prose(chance)}\n"


def hold_to_the_law(history: list[tuple[str, int]], seed: int) -> None:
    """After each step the files are those of an index made anew."""
    chance = Random(seed)
    records: dict[str, Record] = {}
    texts: dict[str, str] = {}
    same: tuple[tuple[str, ...], ...] = ()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one").mkdir()
        bench = Bench(Path(folder) / "one")
        for kind, number in [("add", 0), ("add", 1), *history]:
            name = f"p{number}"
            if kind == "add":
                for extra in range(chance.choice((1, 1, 2, 9))):
                    name = f"p{number}-{extra}"
                    records[name], texts[name] = page(chance, name)
            elif kind == "remove":
                for gone in [each for each in records if each.startswith(f"p{number}-")]:
                    del records[gone], texts[gone]
            elif kind == "sentence" and records:
                name = sorted(records)[number % len(records)]
                texts[name] += prose(chance, 15) + ".\n"
            elif kind == "same":
                same = ((("migraine", "hemicrania", "bad ain")), (prose(chance, 2), prose(chance, 2)))[
                    : number % 3
                ]
            bench.index(records, texts, same)
            assert bench.files == clean(Path(folder) / "clean", bench, records, texts, same), (kind, number)
        bench.cache.close()


steps = st.tuples(
    st.sampled_from(("add", "add", "remove", "sentence", "sentence", "same")), st.integers(0, 9)
)


@QUICK
@given(history=st.lists(steps, min_size=16, max_size=16), seed=st.integers(0, 2**32))
@pytest.mark.usefixtures("small_files")
def test_changed_index_is_the_index_made_anew(history: list[tuple[str, int]], seed: int) -> None:
    hold_to_the_law(history, seed)


@pytest.mark.long
@LONG
@given(history=st.lists(steps, min_size=60, max_size=60), seed=st.integers(0, 2**32))
@pytest.mark.usefixtures("small_files")
def test_long_histories_end_as_indexes_made_anew(history: list[tuple[str, int]], seed: int) -> None:
    hold_to_the_law(history, seed)


LETTERS = "bcdfglmnprst"
MANY_WORDS = [f"{a}{v}{b}{w}{c}" for a in LETTERS for v in "ao" for b in LETTERS for w in "eu" for c in "lmt"]
STOP = ["the", "and", "of", "to", "is", "with"]


@pytest.fixture
def many_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Bench, dict[str, Record], dict[str, str]]:
    """An index of pages on many words, of which the frequent ones have rests."""
    monkeypatch.setattr(limits, "WORDS", Limits(4000, 48, 16))
    monkeypatch.setattr(limits, "LONG", 20)
    monkeypatch.setattr(limits, "BEST", 8)
    chance = Random(7)
    records = {f"p{n}": Record(f"/p{n}/", f"{chance.choice(MANY_WORDS)} {n}", "story") for n in range(120)}
    texts = {name: " ".join(zipf(chance) for _ in range(60)) for name in records}
    bench = Bench(tmp_path)
    bench.index(records, texts, ())
    return bench, records, texts


def zipf(chance: Random) -> str:
    return MANY_WORDS[int(len(MANY_WORDS) * chance.random() ** 3)]


def test_sentence_of_fifteen_words_rewrites_at_most_25_files(
    many_pages: tuple[Bench, dict[str, Record], dict[str, str]],
) -> None:
    bench, records, texts = many_pages
    chance = Random(8)
    assert [path for path in bench.files if "/rests/" in path]
    for name in ("p3", "p50", "p119"):
        sentence = [*(zipf(chance) for _ in range(9)), *STOP]
        texts[name] += f"\n\n{' '.join(sentence)}.\n"
        bench.index(records, texts, ())
        assert not bench.whole
        assert 2 <= len(bench.changed) <= 25, sorted(bench.changed)


def test_page_that_does_not_change_changes_no_file(
    many_pages: tuple[Bench, dict[str, Record], dict[str, str]],
) -> None:
    bench, records, texts = many_pages
    bench.index(records, texts, ())
    assert (bench.whole, bench.changed) == (False, set())


def test_shard_names_sixteen_words_or_more(
    many_pages: tuple[Bench, dict[str, Record], dict[str, str]],
) -> None:
    shards = [json.loads(raw) for path, raw in many_pages[0].files.items() if "/words/" in path]
    sizes = sorted(len(shard["words"]) for shard in shards)
    assert len(sizes) > 4
    assert sizes[0] >= 16
    assert sizes[len(sizes) // 2] >= 32
