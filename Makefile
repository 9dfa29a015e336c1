# Ouro. `make help` lists the targets.

CC ?= gcc
# Functions in tables have the table's signature, whether they need all of it or not: no warning of unused parameters.
WARN = -Wall -Wextra -Wno-unused-parameter -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wwrite-strings -Wvla -Werror
BASE = -std=c11 -D_DEFAULT_SOURCE -I. $(WARN) -fno-pie -fno-strict-aliasing -MMD -MP
LIBS = -ledit -lgmp -lutf8proc -lbsd -lmd -ltinfo -lm
LINK = -no-pie
# The optimised binary carries its libraries: it starts in two thirds of the time and takes a third less memory.
STATIC = -static
comma := ,
PYTHON ?= /usr/bin/python3.11

SOURCES = $(sort $(wildcard gc/*.c compiler/*.c vm/*.c vm/objects/*.c vm/lib/*.c))
COMMAND = $(sort $(wildcard repl/*.c))
FROZEN = $(wildcard vm/lib/*.py)
UNITS = $(sort $(wildcard tests/unit/*_test.c))

.DEFAULT_GOAL := all

# One flavour: name, flags, flags for linking, instruments of the tests that it carries. Objects lie in build/NAME/, the binary is build/NAME/ouro.
define flavour
build/$(1)/%.o: %.c Makefile
	@mkdir -p $$(@D)
	@echo "  cc $(1) $$<"
	@$$(CC) $$(BASE) $(2) -c $$< -o $$@
build/$(1)/libouro.a: $$(SOURCES:%.c=build/$(1)/%.o) $(4:%.c=build/$(1)/%.o)
	@rm -f $$@
	ar rcs $$@ $$^
build/$(1)/ouro: $(COMMAND:%.c=build/$(1)/%.o) build/$(1)/libouro.a
	$$(CC) $(3) $(2) -o $$@ $$^ $$(LIBS)
build/$(1)/unit/%: tests/unit/%.c build/$(1)/libouro.a
	@mkdir -p $$(@D)
	$$(CC) $$(BASE) $(2) $$(LINK) -o $$@ $$< build/$(1)/libouro.a $$(LIBS) $$$$(pkg-config --libs check)
build/$(1)/vm/lib/frozen.o: $$(FROZEN)
-include $$(SOURCES:%.c=build/$(1)/%.d) $(4:%.c=build/$(1)/%.d) $$(COMMAND:%.c=build/$(1)/%.d)
endef

$(eval $(call flavour,release,-O3 -g -DNDEBUG,$(STATIC)))
$(eval $(call flavour,debug,-O1 -g3 -DOU_VERIFY,$(LINK),tests/verify.c))
$(eval $(call flavour,asan,-O1 -g -fsanitize=address$(comma)undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined -DOU_MALLOC_CELLS=1 -DOU_VERIFY,$(LINK),tests/verify.c tests/malloc_space.c))
$(eval $(call flavour,malloc,-O1 -g -DOU_MALLOC_CELLS=1,$(LINK),tests/malloc_space.c))


all: build/ouro ## build/ouro, optimised
build/ouro: build/release/ouro
	cp --remove-destination $< $@
debug: build/debug/ouro ## build/debug/ouro: asserts, oracles
asan: build/asan/ouro ## build/asan/ouro: address and undefined behaviour sanitizers, each cell its own malloc
malloc: build/malloc/ouro ## build/malloc/ouro: each cell its own malloc, for valgrind

# With `make -j2 deps test` nothing may compile before the packages are there.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
$(SOURCES) $(COMMAND) $(UNITS) tests/harness.c tests/repl/pty.c: deps
endif

.SECONDARY:

build/harness: tests/harness.c
	@mkdir -p build
	$(CC) -std=c11 -D_GNU_SOURCE -O1 -g $(WARN) -o $@ $<

build/pty: tests/repl/pty.c
	@mkdir -p build
	$(CC) -std=c11 -D_GNU_SOURCE -O1 -g $(WARN) -o $@ $< -lutil

run: build/ouro ## builds and runs a sample that shows the memory at work
	build/ouro samples/resource_lifetime.py

UNIT_NAMES = $(UNITS:tests/unit/%.c=%)

test: build/ouro build/debug/ouro build/harness build/pty $(UNIT_NAMES:%=build/debug/unit/%) $(UNIT_NAMES:%=build/asan/unit/%) ## everything that must hold
	@sh tests/run.sh

stress: build/debug/ouro build/asan/ouro build/harness ## sanitizers, a collection at each safepoint, failed allocations
	@sh tests/stress.sh

oracle: build/ouro ## conformance cases and samples under CPython and under Ouro
	@PYTHON=$(PYTHON) sh tests/oracle.sh

bench: build/ouro ## speed, pauses, garbage and bytes beside CPython
	@PYTHON=$(PYTHON) bash tests/bench/run.sh
	@PYTHON=$(PYTHON) bash tests/bench/memory.sh

layers: ## no include points upward
	@! grep -nE '#include "(compiler|vm|repl)/' gc/*.[ch] && ! grep -nE '#include "(vm|repl)/' compiler/*.[ch] && ! grep -rnE '#include "repl/' vm && echo "layers: clean"

VERSION = $(shell sed -n 's/.*OURO_VERSION "\(.*\)"/\1/p' vm/ouro.h)
PREFIX ?= /usr/local
INSTALLED = bin/ouro include/ouro.h lib/libouro.a lib/pkgconfig/ouro.pc share/man/man1/ouro.1
DIST = Makefile README.md LICENSE .clang-format .clang-tidy .gitignore .ci gc compiler vm repl tests samples

build/ouro.1: build/ouro repl/man.sh ## the man page, from the table of options
	sh repl/man.sh build/ouro > $@

# The objects are not position-independent: the address of the static cells has to be a multiple of 64 KiB.
build/ouro.pc: vm/ouro.h Makefile
	@mkdir -p build
	printf 'prefix=%s\nName: ouro\nDescription: a small Python whose objects die on time\nVersion: %s\nCflags: -I$${prefix}/include\nLibs: -no-pie -L$${prefix}/lib -louro -lgmp -lutf8proc -lm\n' '$(PREFIX)' '$(VERSION)' > $@

install: build/ouro build/ouro.1 build/ouro.pc ## into $(DESTDIR)$(PREFIX)
	install -D -m 755 build/ouro $(DESTDIR)$(PREFIX)/bin/ouro
	install -D -m 644 vm/ouro.h $(DESTDIR)$(PREFIX)/include/ouro.h
	install -D -m 644 build/release/libouro.a $(DESTDIR)$(PREFIX)/lib/libouro.a
	install -D -m 644 build/ouro.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/ouro.pc
	install -D -m 644 build/ouro.1 $(DESTDIR)$(PREFIX)/share/man/man1/ouro.1
	install -d $(DESTDIR)$(PREFIX)/share/ouro/samples
	install -m 644 samples/*.py $(DESTDIR)$(PREFIX)/share/ouro/samples

uninstall: ## removes what install put there
	rm -f $(INSTALLED:%=$(DESTDIR)$(PREFIX)/%)
	rm -rf $(DESTDIR)$(PREFIX)/share/ouro

dist: ## build/ouro-VERSION.tar.gz: the sources, which build by themselves
	@mkdir -p build
	tar -czf build/ouro-$(VERSION).tar.gz --transform 's,^,ouro-$(VERSION)/,' $(DIST)

DEPS = gcc libc6-dev make pkg-config libedit-dev libgmp-dev libutf8proc-dev check
deps: ## installs the Debian packages that are missing
	@missing=; for p in $(DEPS); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; fi

format: ## clang-format over the sources
	clang-format -i gc/*.[ch] compiler/*.[ch] vm/*.[ch] vm/*/*.[ch] repl/*.[ch] tests/*.c tests/unit/*.[ch]

# The shift of a negative number is arithmetic for both compilers; eval.c jumps where cppcheck cannot follow; a .def is
# no C by itself.
lint: ## cppcheck and clang-tidy over the sources
	cppcheck --quiet --std=c11 -I. --error-exitcode=1 --enable=warning,portability --inline-suppr \
	  --suppress=missingIncludeSystem --suppress=shiftTooManyBitsSigned --suppress=legacyUninitvar:vm/eval.c \
	  --suppress='syntaxError:*.def' --suppress='incorrectCharBooleanError:*.def' gc compiler vm repl
	printf '%s\n' $(SOURCES) $(COMMAND) | xargs -P 2 -n 8 sh -c 'clang-tidy --quiet "$$@" -- -std=c11 -D_DEFAULT_SOURCE -I. 2>/dev/null' lint

clean: ## removes build/
	rm -rf build

help: ## this list
	@grep -hE '^[a-z/]+:.*##' Makefile | sed -E 's/^([a-z/]+):.*## /\1\t/' | expand -t 12

.PHONY: all debug asan malloc run test stress oracle bench layers deps format lint install uninstall dist clean help
