# The same commands on a laptop and in CI. `make run` and `make test` need nothing but make and a Python 3.
.PHONY: setup run dev test quick lint proof bench backup
.DEFAULT_GOAL := run

deploy := directory/deploy
python := .venv/bin/python

run:     ## the site with one worker, http://127.0.0.1:8000 (PORT=8001 moves it); Ctrl-C ends it
	@sh $(deploy)/setup.sh requirements.txt
	@exec $(python) -m directory.deploy.launch

dev:     ## the same, with DEBUG=1; reloads when a file changes
	@sh $(deploy)/setup.sh requirements.txt
	@exec env DEBUG=1 $(python) -m directory.deploy.launch --reload

setup:   ## everything that a developer needs, into .venv
	@sh $(deploy)/setup.sh requirements-dev.txt

test: setup   ## lint, then the suite on SQLite, on PostgreSQL + Redis, with a real worker and in Chromium
	@exec $(python) -m directory.deploy.check test

quick: setup  ## lint and the fast tests on SQLite, under two minutes
	@exec $(python) -m directory.deploy.check quick

lint: setup   ## ruff, mypy, imports, templates, migrations, house rules
	@exec $(python) -m directory.deploy.check lint

proof: setup  ## every property test at its full count, and the checks on the large files
	@exec $(python) -m directory.deploy.check proof

backup:  ## the database and the media into VAR_DIR/backups
	@sh $(deploy)/setup.sh requirements.txt
	@exec $(python) -m directory.deploy.backup

bench: setup  ## what the pages cost beside a floor, at a million programs; var/bench-*.json, most of an hour
	@$(python) manage.py bench run --db postgres --programs 10000,100000,1000000 --out var/bench-postgres.json
	@$(python) manage.py bench run --db sqlite --programs 10000,100000 --out var/bench-sqlite.json
