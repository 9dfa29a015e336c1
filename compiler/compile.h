/* The compiler's only entry: text to unit. */
#ifndef OU_COMPILER_COMPILE_H
#define OU_COMPILER_COMPILE_H

#include "compiler/source.h"
#include "compiler/unit.h"

/* Compiles the text; everything lies in the arena. false: *error says why. `source` is filled either way as far as it
 * got, so that the caller can show the line. `optimize` drops assert statements. */
bool ou_compile(OuArena *arena, OuSource *source, const char *name, const char *text, size_t length,
                OuSourceOrigin origin, OuCompileMode mode, bool optimize, OuUnit **out, OuSyntaxError *error);

#endif
