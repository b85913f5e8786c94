# What a person types in a checkout. `make demo`, `make test` and `make model` install what they need (Debian, as root or with sudo).

PREFIX ?= /usr/local
SWIFT ?= swift
# One binary that needs no Swift runtime on the machine it runs on, and so looks for none beside itself; nor does another
# program look for symbols in it: without its table of them it starts in 0.97 of the time.
RELEASE = -c release --static-swift-stdlib --disable-local-rpath --product databasedeploy -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	-Xlinker --no-export-dynamic
BINARY = $$($(SWIFT) build $(RELEASE) --show-bin-path)/databasedeploy

.PHONY: demo test model torture build install format lint bench bench-plot clean setup setup-test setup-model

demo: build ## Deploy the example project to a private server
	scripts/demo "$(BINARY)"

build: setup ## Build the release
	PKG_CONFIG_PATH="$$(scripts/static .build/static):$$PKG_CONFIG_PATH" $(SWIFT) build $(RELEASE)

test: setup-test ## Run the tests on every server there is
	scripts/test

model: setup-model ## Check the model of the journal's protocol: FAULTS=3
	scripts/model $(FAULTS)

# Optimised, and with the fault points of a debug build.
TORTURE = -c release -Xswiftc -DDEBUG --scratch-path .build/torture --product Torture

torture: setup-test ## Kill and disturb deployments: N=1000 SEED=1 SERVER=mariadb|mysql|galera KIND=kill|server|fail|crowd|cut
	$(SWIFT) build $(TORTURE)
	scripts/torture "$$($(SWIFT) build $(TORTURE) --show-bin-path)/Torture" --rounds "$(N)" --seed "$(SEED)" \
		--server "$(SERVER)" --kind "$(KIND)" --scripts "$(SCRIPTS)" --recipes "$(RECIPES)" \
		--arguments "$(ARGUMENTS)"

install: build ## Install under PREFIX, with manual page and completions
	SWIFT="$(SWIFT)" scripts/install "$(BINARY)" "$(DESTDIR)$(PREFIX)"

format: ## Format the sources
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Benchmarks Package.swift

lint: ## Check the format and the rules of the house
	scripts/lint

bench: build ## Measure against the client and other tools
	$(SWIFT) build -c release --product SplitterBench --scratch-path .build/bench
	Benchmarks/run "$(BINARY)"

bench-plot: build ## Measure time against number of scripts
	Benchmarks/run "$(BINARY)" plot

clean: ## Remove what was built
	$(SWIFT) package clean

setup:
	scripts/setup

setup-test: setup
	scripts/setup test

setup-model:
	scripts/setup model
