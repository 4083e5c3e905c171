# Each target sets up what it needs; `make serve` and `make test` are the two to remember.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PORT ?= 8000

.PHONY: setup build serve check test lint bench bench-function bench-preview screenshots clean browser

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Gatherwell needs Python 3.11 or newer; set PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,aws,desk]'
	$(BIN)/python -m compileall -q generator widgets
	@touch $(STAMP)

build: setup
	$(BIN)/gatherwell build

serve: setup
	$(BIN)/gatherwell serve --port $(PORT)

check: setup
	$(BIN)/gatherwell check

# Browser tests drive a Chromium that is already on the machine; Debian's is installed where none is found, and its
# headless shell, in which they take half as long, where that can be had.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  { command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
	  { echo "Install Chromium (or Google Chrome): the browser tests need one." >&2; exit 1; }
	@command -v chromium-headless-shell >/dev/null || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-remove chromium-headless-shell >/dev/null; } || \
	  echo "Without chromium-headless-shell the browser tests take twice as long." >&2

test: setup browser
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Beside the peers, in the same run; see benchmarks/README.md. BENCH_ARGS=--quick for a first look.
bench: setup
	$(BIN)/python -m benchmarks.run $(BENCH_ARGS)

bench-function: setup
	@command -v wrk >/dev/null || \
	  { command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq wrk >/dev/null; } || \
	  { echo "Install wrk: it makes the load." >&2; exit 1; }
	$(BIN)/python -m benchmarks.function.bench_function $(BENCH_ARGS)

bench-preview: setup browser
	$(BIN)/python -m benchmarks.preview $(BENCH_ARGS)

# Every page type at 360, 768 and 1280 px in the three colour schemes, into screenshots/.
screenshots: setup browser
	$(BIN)/python -m tests.screenshots

clean:
	rm -rf $(VENV) .gatherwell dist
