/* Where in an expression the operator stands that failed. */
#ifndef OU_COMPILER_ANCHORS_H
#define OU_COMPILER_ANCHORS_H

#include "gc/arena.h"

/* Reads `text`, the part of a source line that an instruction comes from, and finds what a traceback underlines apart
 * within it: the operator of a binary operation, the brackets of a subscript. `*start` and `*end` are byte offsets.
 * False: nothing stands out, or the text is no single expression, or there is no memory. */
bool ou_anchors_find(OuArena *arena, const char *text, size_t length, uint32_t *start, uint32_t *end);

#endif
