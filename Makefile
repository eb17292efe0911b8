# Each target sets up all that it needs: only Python 3.11, make and (for tests) root or sudo are expected.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# A test that fails runs once more, alone: one that then passes was disturbed by the machine, and both outcomes stay on the screen.
pytest = QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q $(1) || \
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -p no:xdist --last-failed --last-failed-no-failures none

.PHONY: run test lint unit e2e bench samples torture extension package test-package lock browsers clean

run: .make/app
	$(BIN)/python packaging/run.py

test: .make/dev .make/browsers lint unit e2e

lint: .make/dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .make/dev
	$(call pytest,-n 2 --dist loadfile --ignore tests/end_to_end)

e2e: .make/dev .make/browsers
	$(call pytest,-n 2 --dist loadfile tests/end_to_end)

extension: .make/app
	$(BIN)/python packaging/build_extension.py

bench: .make/dev .make/browsers extension
	$(BIN)/python packaging/bench.py $(PART)

# All of what `make test` takes a sample of; minutes.
samples: .make/dev .make/browsers
	KITHBOOK_EVERY=1 KITHBOOK_ALL_PAYLOADS=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 \
		--dist loadfile --timeout 1200 tests/native_host/test_host_fuzz.py tests/end_to_end/test_hostile_packs.py \
		tests/end_to_end/test_hostile_exports.py

torture: .make/dev
	$(BIN)/python packaging/torture.py $(PART)

package: .make/package
	build/package/venv/bin/python packaging/build_package.py $(PART)

test-package: .make/package
	build/package/venv/bin/python packaging/try_package.py $(PART)

browsers: .make/browsers

# One line per environment: the stamp files say what has been set up, and are older than the locks when it must be done anew.
.make/venv:
	@mkdir -p .make
	$(PYTHON) -m venv $(VENV)
	@touch $@

.make/app: .make/venv requirements.lock pyproject.toml
	[ -e .make/dev ] || $(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

.make/dev: .make/venv requirements-dev.lock pyproject.toml
	$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@ .make/app

.make/browsers: packaging/install_browsers.sh
	@mkdir -p .make
	sh packaging/install_browsers.sh
	@touch $@

# The frozen program must hold the locked libraries and nothing of the tools, so it has an environment of its own.
.make/package: requirements-package.lock packaging/install_packaging.sh
	@mkdir -p .make
	sh packaging/install_packaging.sh
	$(PYTHON) -m venv --clear build/package/venv
	build/package/venv/bin/python -m pip install -q --require-hashes -r requirements-package.lock
	@touch $@

lock:
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --extra package pyproject.toml -o requirements-package.lock

clean:
	rm -rf .make $(VENV) build dist
