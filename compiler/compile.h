/* The compiler's entries: text to unit, and what a traceback asks of a text. */
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

/* Reads `text`, the part of a source line that an instruction comes from, and finds what a traceback underlines apart
 * within it: the operator of a binary operation, the brackets of a subscript. `*start` and `*end` are byte offsets.
 * False: nothing stands out, or the text is no single expression, or there is no memory. */
bool ou_anchors_find(OuArena *arena, const char *text, size_t length, uint32_t *start, uint32_t *end);

#endif
