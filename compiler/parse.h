/* Text to tree: the whole grammar of Python 3.11. What Ouro lacks is refused by code generation, by name, and not here.
 * Nesting is bounded, so a 256 KiB C stack is enough for any input. */
#ifndef OU_COMPILER_PARSE_H
#define OU_COMPILER_PARSE_H

#include "compiler/ast.h"
#include "compiler/source.h"

/* True: `*out` is the tree, in the arena. False: `*err` says why (first error wins), with `err->incomplete` when the
 * text merely ends too early. */
bool ou_parse(OuArena *arena, const OuSource *source, OuCompileMode mode, OuModule **out, OuSyntaxError *err);

/* Replaces constant expressions by constants, where the result is exact. Run between ou_parse() and ou_scope_analyse(),
 * or not at all. False: out of memory. */
bool ou_fold_module(OuArena *arena, OuModule *module);

#endif
