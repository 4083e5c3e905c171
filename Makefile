# Each target sets up what it needs; `make serve` and `make test` are the two to remember.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SERVING := $(VENV)/.installed-for-serving
PORT ?= 8000

# The tests start Python hundreds of times: where no bytecode may be kept, each start compiles every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup build serve check test test-long attack-surveys lowest ministack lint bench bench-function bench-preview screenshots docs clean browser caddy

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Gatherwell needs Python 3.11 or newer; set PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the tests need as well; this takes a minute or two …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,function,aws,desk,import]'
	$(BIN)/python -m compileall -q generator widgets
	@touch $(STAMP) $(SERVING)

# Only what building and serving need: a third of what the tests need.
$(SERVING): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Gatherwell needs Python 3.11 or newer; set PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	@echo "1 of 2: an environment in $(VENV)/ …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "2 of 2: what building and serving need …"
	@$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[function,desk]' | grep --line-buffered '^Collecting' || true
	@$(BIN)/python -c 'import generator.cli.serve' || { echo "The installation failed; what pip said is above." >&2; exit 1; }
	@touch $(SERVING)

build: $(SERVING)
	$(BIN)/gatherwell build

serve: $(SERVING)
	$(BIN)/gatherwell serve --port $(PORT)

check: $(SERVING)
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

# The server that the shipped Caddyfile is for; the long tests put it in front of a function.
caddy:
	@command -v caddy >/dev/null || \
	  { command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq caddy >/dev/null; } || \
	  { echo "Install Caddy: a long test needs it." >&2; exit 1; }

# Three processes on two cores: tests with a browser wait for half of their time.
test: setup browser
	$(BIN)/python -m pytest -n 3 --dist worksteal

# Thousands of histories, kills, whole emulators and attacks: before an issue is called resolved.
test-long: setup browser caddy
	$(BIN)/python -m pytest -n 2 --dist worksteal -m long

# A thousand simulated surveys, each attacked in five ways, and three hundred that are published twice.
attack-surveys: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal -m long tests/widgets/rules/surveys

# The conformance suite on a second DynamoDB, in an environment of its own: it wants another botocore than ours.
MINISTACK := .venv-ministack
ministack: setup
	test -x $(MINISTACK)/bin/python || $(PYTHON) -m venv $(MINISTACK)
	$(MINISTACK)/bin/python -m pip install --quiet --disable-pip-version-check -r constraints-ministack.txt
	GATHERWELL_MINISTACK=$(CURDIR)/$(MINISTACK)/bin/python $(BIN)/python -m pytest -m long tests/widgets/store -k ministack --durations=5

# The oldest dependencies that pyproject.toml allows, in an environment of their own; browser tests left out.
LOWEST := .venv-lowest
lowest:
	test -x $(LOWEST)/bin/python || $(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints-lowest.txt -e '.[test,function,aws,desk,import]'
	$(LOWEST)/bin/python -m pytest -n 2 --dist worksteal -m 'not browser and not long' --ignore tests/browser

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Beside the peers, in the same run; see benchmarks/README.md. BENCH_ARGS=--quick for a first look.
bench: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
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

# The documentation as a project and a site, built by Gatherwell itself, into .gatherwell/docs/.
docs: $(SERVING)
	@echo "Building the documentation …"
	@$(BIN)/python -m tests.docs_site
	@echo "Open it with: $(BIN)/gatherwell serve --open --root .gatherwell/docs"

clean:
	rm -rf $(VENV) $(LOWEST) .gatherwell dist
