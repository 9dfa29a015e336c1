/* An arena on the C library's heap. */
#ifndef OU_TESTS_PLAIN_ARENA_H
#define OU_TESTS_PLAIN_ARENA_H

#include <stdlib.h>

#include "gc/arena.h"

static inline void *plain_resize(void *ctx, void *old, size_t old_size, size_t new_size) {
    (void)ctx, (void)old_size;
    if (new_size > 0) { return realloc(old, new_size); }
    free(old);
    return NULL;
}

static inline void plain_arena_init(OuArena *self) { ou_arena_init(self, &(OuArenaAllocator){.resize = plain_resize}); }

#endif
