# `make run` and `make test` are all a newcomer needs; each installs what this machine lacks.
.DEFAULT_GOAL := help
.PHONY: help run test fmt audit

help: ## show this list
	@sed -n 's/^\([a-z]*\): ## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: ## build Hadir and start the demo; ARGS="..." is passed to `hadir demo`
	@scripts/run.sh $(ARGS)

test: ## every check and every test, as CI runs them
	@scripts/test.sh

fmt: ## format the code
	@cargo fmt --all

audit: ## look for known vulnerabilities in dependencies (needs the internet)
	@scripts/ensure.sh cc deny
	@cargo deny check advisories
