# Ghostrow: `make run` and `make test` set up what is missing, by themselves. `make help` lists the rest.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup build run test test-matrix torture bench bench-comm bench-jmh install clean

# What only lists or removes does without a JDK.
ifneq ($(filter-out help clean,$(or $(MAKECMDGOALS),help)),)
export JAVA_HOME := $(shell ./ghostrow --java-home)
ifeq ($(JAVA_HOME),)
    $(error no JDK to build with: see the line above)
endif
endif

# Maven 3 makes a JDK 25 warn about Maven's own insides.
export MAVEN_OPTS += --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
MAVEN   := mvn -B -q -ntp -Dstyle.color=never
SOURCES := pom.xml $(shell find src/main src/openmpi src/mpj src/examples -type f)
BUILT   := target/.built

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: ## fetch what runs need: MPI libraries, MPJ Express
	@src/setup/setup run

build: setup $(BUILT) ## compile, if anything has changed

$(BUILT): $(SOURCES) src/setup/adapters src/setup/quickstart ghostrow
	@$(MAVEN) package -DskipTests
	@git describe --always --dirty --abbrev=40 --exclude='*' > target/commit 2> /dev/null || rm -f target/commit
	@src/setup/adapters
	@src/setup/quickstart
	@touch $@

run: build ## the main job: diffusion on 2 ranks, with snapshots and pictures in out/
	@./ghostrow diffusion params/diff2d.params --ranks 2 --force --set graphics=True

test: build ## every test, SPMD ones under the real launchers
	@src/setup/setup test
	@mvn -B -ntp -Dstyle.color=never verify

test-matrix: build ## the tests on the MPI libraries of Debian's newer suites, made under .setup/matrix (half an hour)
	@src/setup/setup test
	@$(MAVEN) test-compile
	@src/setup/matrix build
	@src/setup/matrix run

torture: build ## some ten minutes of kills, damage and restarts, in which nothing may be lost (KILLS=200 SEED=n)
	@$(MAVEN) test -Dtest=Torture -Dghostrow.test.limit.seconds=7200 $(if $(KILLS),-Dghostrow.kills=$(KILLS)) $(if $(SEED),-Dghostrow.seed=$(SEED))

bench: build ## whole runs beside NumPy, Numba, C and others (QUICK=1: three minutes; ONLY=case,case)
	@src/setup/setup bench
	@$(MAKE) -s -C src/bench/peers
	@./ghostrow bench $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY))

bench-jmh: ## each kernel alone, by JMH
	@$(MAVEN) -Pjmh test-compile exec:exec

bench-comm: build $(patsubst %,target/bench/pingpong-%,open_mpi mpich) ## messages from Java beside messages from C
	@./ghostrow bench-comm

# One program for each library, by its own compiler wrapper; what is not installed is left out of the comparison.
target/bench/pingpong-open_mpi: src/bench/comm/pingpong.c
	@mkdir -p $(@D); command -v mpicc.openmpi > /dev/null && mpicc.openmpi -O2 -o $@ $< || true
target/bench/pingpong-mpich: src/bench/comm/pingpong.c
	@mkdir -p $(@D); command -v mpicc.mpich > /dev/null && mpicc.mpich -O2 -o $@ $< || true

PREFIX ?= /usr/local
install: build ## copy what runs and jobs need to PREFIX (default /usr/local), with module files
	@src/setup/install "$(PREFIX)" "$(DESTDIR)"

clean: ## remove what was built (what setup fetched stays in .setup)
	@rm -rf target
