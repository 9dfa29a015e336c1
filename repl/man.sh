#!/bin/sh
# usage: man.sh OURO: the man page, from what the command says of its options.
entries() {
    "$1" "$2" | sed -n '/^usage/d; s/^\([-A-Za-z_][^:]*[^ :]\) *: \(.*\)$/.TP\n.B "\1"\n\2/p' | sed '/^\.B /s/-/\\-/g'
}
version=$("$1" --version)
cat <<TOP
.TH OURO 1 "" "$version"
.SH NAME
ouro \\- a small Python whose objects die on time
.SH SYNOPSIS
.B ouro
[option ...] [\\-c cmd | \\-m mod | file | \\-] [arg ...]
.SH DESCRIPTION
Runs programs in a strict subset of Python 3.11. Every value lies on a reference-counted heap with a cycle collector that
works in slices; finalisers run when the last reference goes, also at exit. Without a program it prompts for statements;
:help there lists commands that look at the heap.
.SH OPTIONS
TOP
entries "$1" --help
echo '.SH -X OPTIONS'
entries "$1" --help-xoptions
echo '.SH ENVIRONMENT'
entries "$1" --help-env
cat <<END
.SH EXIT STATUS
0 the program ended; 1 an uncaught exception; 2 wrong usage, no such file; 3 something was left (\\-X leaks=error); 4 the step
budget was used up; 120 output could not be written; else what sys.exit() was given.
.SH FILES
.I ~/.local/state/ouro/history
.br
.I ~/.editrc
END
