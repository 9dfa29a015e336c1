/* The compiler's only entry: text to unit. */
#ifndef OU_COMPILER_COMPILE_H
#define OU_COMPILER_COMPILE_H

#include "compiler/source.h"
#include "compiler/unit.h"

#define OU_COMPILE_OPTIMIZE 1u /* drops assert statements */
#define OU_COMPILE_COUNTED 2u  /* with instructions that count the others */

/* Compiles the text; everything lies in the arena. false: *error says why. `source` is filled either way as far as it
 * got, so that the caller can show the line. `flags` are OU_COMPILE_*. */
bool ou_compile(OuArena *arena, OuSource *source, const char *name, const char *text, size_t length,
                OuSourceOrigin origin, OuCompileMode mode, unsigned flags, OuUnit **out, OuSyntaxError *error);

#endif
